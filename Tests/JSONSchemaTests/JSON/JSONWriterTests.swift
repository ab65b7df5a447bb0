import JSONSchema
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("The canonical form has sorted members, no white space, and only the escapes that must be")
    func canonical() throws {
        let text = #"{"b" : [1.0, 1e2, -0, "\u002f\u00e9\u001f\n\""], "a": {"é": null, "z": true, "": false}}"#
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(value.description == #"{"a":{"":false,"z":true,"é":null},"b":[1,100,0,"/é\u001f\n\""]}"#)
    }

    @Test("Members are sorted by the bytes of their names, as code points are")
    func order() {
        let value: JSONValue = ["\u{FFFF}": 1, "\u{10000}": 2, "a": 3, "B": 4, "aa": 5, "": 6]
        #expect(value.description == "{\"\":6,\"B\":4,\"a\":3,\"aa\":5,\"\u{FFFF}\":1,\"\u{10000}\":2}")
    }

    @Test("What was written canonically reads back as the same value, and is written the same again")
    func stability() throws {
        let value: JSONValue = [
            "control": .string(String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) }))), "numbers": [0, -1,
            9_223_372_036_854_775_807],
            "nested": [[], [:], [["a": nil]]], "e\u{301}": "combining", "\u{e9}": "composed",
        ]
        let bytes = value.canonicalBytes()
        let again = try JSONParser.parse(bytes)
        #expect(again == value)
        #expect(again.canonicalBytes() == bytes)
    }

    @Test("Piece by piece, commas and colons go where they belong")
    func pieces() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.write(1)
        writer.write(true)
        writer.write("x")
        writer.beginObject()
        writer.endObject()
        writer.endArray()
        writer.key("b")
        writer.write(JSONValue.null)
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[1,true,"x",{}],"b":null}"#)
    }

    @Test("Text for people is indented and keeps the order of the members")
    func pretty() {
        let value: JSONValue = ["b": [1, [:]], "a": ["c": "d"], "e": []]
        #expect(
            value.prettyText() == """
                {
                  "b": [
                    1,
                    {}
                  ],
                  "a": {
                    "c": "d"
                  },
                  "e": []
                }
                """)
    }
}
