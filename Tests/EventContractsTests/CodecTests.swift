import EventContracts
import JSONSchema
import Testing

/// A payload as the generator would write it.
private struct Note: EventPayload {
    static let reference = EventReference(context: "test", event: "note", version: EventVersion(major: 1, minor: 0))
    static let type = "example.test.note.v1"
    static let schemaID = "https://schemas.example/test/note/1.0.json"
    static let schemas = PayloadSchemas(
        text: """
            {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1}, "text": {"type": "string", "maxLength": 3}},
             "required": ["count"], "additionalProperties": false}
            """, origin: "note.json")

    var text: String?
    var count: Int

    init(text: String? = nil, count: Int) {
        self.text = text
        self.count = count
    }

    private enum JSONMember: String, CaseIterable, Sendable {
        case count, text
    }

    private static let jsonMembers = JSONNames(JSONMember.self)

    init(from reader: inout JSONReader) throws(JSONRefusal) {
        var count: Int?
        var text: String?
        var members = try reader.beginObject()
        while let member = try reader.nextMember(of: Self.jsonMembers, &members) {
            switch member {
            case .count: count = try reader.integer(in: 1...Int.max)
            case .text: text = try reader.string(length: 0...3)
            }
        }
        guard let count else { throw reader.refusal("count") }
        self.init(text: text, count: count)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("count")
        writer.write(count, in: 1...Int.max)
        if let text {
            writer.key("text")
            writer.write(text, length: 0...3)
        }
        writer.endObject()
    }
}

@Suite("The codec")
struct CodecTests {
    @Test("A value is written canonically, absent members left out, and read back as the same")
    func roundTrip() throws {
        #expect(try Codec.encode(Note(text: "ü\"", count: 7)) == Array(#"{"count":7,"text":"ü\""}"#.utf8))
        #expect(try Codec.encode(Note(count: 7)) == Array(#"{"count":7}"#.utf8))
        #expect(try Codec.decode(Note.self, from: Array(#" {"text":"ü\"", "count":7.0} "#.utf8)) == Note(text: "ü\"", count: 7))
    }

    @Test("A reader ignores what it doesn't know")
    func openReader() throws {
        #expect(try Codec.decode(Note.self, from: Array(#"{"count":7,"new":true}"#.utf8)) == Note(count: 7))
    }

    @Test("Data that violates the schema is refused with every violation, in either direction")
    func invalid() {
        func places(_ work: () throws -> Void) -> [String] {
            do {
                try work()
                return ["no error"]
            } catch PayloadError.invalid(Note.schemaID, let violations) {
                return violations.map(\.description)
            } catch {
                return ["\(error)"]
            }
        }
        let expected = ["/count: expected at least 1, found 0", "/text: expected at most 3 characters, found 4"]
        #expect(places { _ = try Codec.encode(Note(text: "four", count: 0)) } == expected)
        #expect(places { _ = try Codec.decode(Note.self, from: Array(#"{"count":0,"text":"four"}"#.utf8)) } == expected)
        #expect(places { _ = try Codec.decode(Note.self, from: Array("{}".utf8)) } == [#"the document: the member "count" is missing"#])
    }

    @Test("What isn't JSON is told with its place")
    func malformed() {
        #expect {
            try Codec.decode(Note.self, from: Array("{\n\"count\":}".utf8))
        } throws: { error in
            guard case .malformedJSON(let place)? = error as? PayloadError else { return false }
            return place.line == 2 && place.column == 9
        }
    }

    @Test("A number beyond 64 bits satisfies the schema but not the type")
    func mismatch() {
        #expect(throws: PayloadError.mismatch("a whole number of 64 bits is expected at byte 9")) {
            try Codec.decode(Note.self, from: Array(#"{"count":9223372036854775808}"#.utf8))
        }
    }

    @Test("The text of the schema is kept")
    func schemaText() throws {
        #expect(try JSONParser.parse(Array(Note.schemas.text.utf8))["required"] == ["count"])
    }
}
