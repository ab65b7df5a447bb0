import JSONSchema
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    private func parse(_ text: String, limits: JSONLimits = .default) throws -> JSONValue {
        try JSONParser.parse(Array(text.utf8), limits: limits)
    }

    /// What is wrong, with line and column.
    private func refusal(_ bytes: [UInt8], limits: JSONLimits = .default) -> String? {
        do throws(JSONParseError) {
            _ = try JSONParser.parse(bytes, limits: limits)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("Each kind of value is read, with any white space between")
    func values() throws {
        let text = " {\"a\" :\t[ null , true,false ,0, -12,\r\n\"x\" , {} , [ ] ] } \n"
        let expected: JSONValue = ["a": [nil, true, false, 0, -12, "x", [:], []]]
        #expect(try parse(text) == expected)
    }

    @Test("A string keeps its code points, however they are written")
    func strings() throws {
        #expect(try parse(#""\"\\\/\b\f\n\r\t""#) == .string("\"\\/\u{8}\u{C}\n\r\t"))
        #expect(try parse(#""\u00e9 \ud83d\ude80 \u0000""#) == .string("é 🚀 \0"))
        #expect(try parse("\"é 🚀 \u{10FFFF}\"") == .string("é 🚀 \u{10FFFF}"))
        // Equal to Swift, two strings to JSON.
        #expect(try parse("\"e\\u0301\"") != .string("\u{e9}"))
    }

    @Test("The members of an object keep their order")
    func order() throws {
        guard case .object(let object) = try parse(#"{"z": 1, "a": {"y": 2}, "m": 3}"#) else { return #expect(Bool(false)) }
        #expect(object.keys == ["z", "a", "m"])
    }

    @Test(
        "Text that is no JSON is refused where it stops to be",
        arguments: [
            ("", "line 1, column 1: the text ends where a value is expected"),
            (" \n ", "line 2, column 2: the text ends where a value is expected"),
            ("[1,]", "line 1, column 4: a value is expected here"),
            ("[1 2]", "line 1, column 4: a comma or the end of the array is expected here"),
            ("[1", "line 1, column 3: a comma or the end of the array is expected here"),
            ("{\"a\":1,}", "line 1, column 8: a member name in quotes is expected here"),
            ("{a:1}", "line 1, column 2: a member name in quotes is expected here"),
            ("{\"a\" 1}", "line 1, column 6: a colon is expected here"),
            ("{\"a\":1 \"b\":2}", "line 1, column 8: a comma or the end of the object is expected here"),
            ("nul", "line 1, column 1: a value is expected here"),
            ("True", "line 1, column 1: a value is expected here"),
            ("NaN", "line 1, column 1: a value is expected here"),
            ("1 2", "line 1, column 3: nothing may follow the document"),
            ("{}\u{FEFF}", "line 1, column 3: nothing may follow the document"),
            ("\u{FEFF}{}", "line 1, column 1: a value is expected here"),
            ("// 1", "line 1, column 1: a value is expected here"),
            ("01", "line 1, column 2: nothing may follow the document"),
            ("-", "line 1, column 2: a digit is expected here"),
            ("+1", "line 1, column 1: a value is expected here"),
            (".5", "line 1, column 1: a value is expected here"),
            ("1.", "line 1, column 3: a digit is expected here"),
            ("1e", "line 1, column 3: a digit is expected here"),
            ("1e+", "line 1, column 4: a digit is expected here"),
            ("\"a", "line 1, column 3: the text ends within a string"),
            ("\"\\", "line 1, column 3: the text ends within a string"),
            ("\"a\nb\"", "line 1, column 3: a control character in a string must be escaped"),
            ("\"\\x\"", "line 1, column 2: this escape is not one of JSON's"),
            ("\"\\u12\"", "line 1, column 6: four hexadecimal digits are expected here"),
        ])
    func malformed(text: String, expected: String) {
        #expect(refusal(Array(text.utf8)) == expected)
    }

    @Test(
        "A surrogate that stands alone is refused, since no string can hold it",
        arguments: [#""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\u0041""#, #""\udc00\ud800""#,
            #"{"\udfff":1}"#])
    func loneSurrogates(text: String) throws {
        let message = try #require(refusal(Array(text.utf8)))
        #expect(message.hasSuffix("a surrogate stands alone: it is no character"))
    }

    @Test(
        "Bytes that aren't UTF-8 are refused at the string that has them",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF,
            0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let expected = "line 1, column 2: the string that begins here is not valid UTF-8"
        #expect(refusal([0x22] + bytes + [0x22]) == expected)
        #expect(refusal([0x22, 0x5C, 0x6E] + bytes + [0x22]) == expected, "behind an escape")
        #expect(refusal([0x22, 0x61] + bytes + [0x61, 0x61, 0x61, 0x22]) == expected)
    }

    @Test("A name that occurs twice is refused at its second place, in objects of any size")
    func repeatedNames() {
        #expect(refusal(Array(#"{"a":1,"b":{"a":2},"a":3}"#.utf8)) == #"line 1, column 20: the name "a" occurs twice in one object"#)
        #expect(refusal(Array(#"{"a":1,"\u0061":3}"#.utf8)) == #"line 1, column 8: the name "a" occurs twice in one object"#)
        for count in [2, 15, 16, 17, 18, 100, 5_000] {
            let names = (0..<count).map { "\"name-\($0)\":[\($0)]" }
            let text = "{\n" + names.joined(separator: ",\n")
            #expect(refusal(Array((text + "}").utf8)) == nil)
            let message = #"line \#(count + 2), column 1: the name "name-\#(count / 2)" occurs twice in one object"#
            #expect(refusal(Array((text + ",\n\"name-\(count / 2)\":0}").utf8)) == message)
        }
    }

    @Test("A document is read up to the depth that the limits allow")
    func depth() {
        func nested(_ depth: Int) -> [UInt8] { Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8) }
        #expect(refusal(nested(128)) == nil)
        #expect(refusal(nested(129)) == "line 1, column 129: nested deeper than 128 levels")
        #expect(refusal(nested(3), limits: JSONLimits(depth: 2)) == "line 1, column 3: nested deeper than 2 levels")
        let objects = Array((String(repeating: "{\"a\":", count: 200) + "1" + String(repeating: "}", count: 200)).utf8)
        #expect(refusal(objects) == "line 1, column 641: nested deeper than 128 levels")
    }

    @Test("A document is read up to the size that the limits allow")
    func size() {
        #expect(refusal(Array("[1,2,3]".utf8), limits: JSONLimits(bytes: 7)) == nil)
        #expect(refusal(Array("[1,2,3]".utf8),
            limits: JSONLimits(bytes: 6)) == "line 1, column 1: the document has 7 bytes, the limit is 6")
    }

    @Test("A number is read up to the digits that the limits allow")
    func digits() {
        #expect(refusal(Array(String(repeating: "9", count: 1_000).utf8)) == nil)
        #expect(refusal(Array(String(repeating: "9",
            count: 1_001).utf8)) == "line 1, column 1: the number has 1001 digits, the limit is 1000")
        #expect(refusal(Array("[0.12345]".utf8),
            limits: JSONLimits(digits: 5)) == "line 1, column 2: the number has 6 digits, the limit is 5")
        #expect(refusal(Array("1e1000000000".utf8)) == "line 1, column 1: the exponent of this number is out of all bounds")
    }
}
