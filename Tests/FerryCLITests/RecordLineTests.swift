import JSONSchema
import KafkaClient
import Testing

@testable import FerryCLI

@Suite("A record as a line of JSON")
struct RecordLineTests {
    private func record(
        key: [UInt8]? = Array("k".utf8), value: [UInt8]?, headers: [KafkaHeader] = []
    ) throws -> RecordLine {
        var line = try #require(try RecordLine(["topic": "t"]))
        line.partition = 3
        line.offset = 7
        line.timestamp = 1_700_000_000_123
        line.key = key
        line.value = value
        line.headers = headers
        return line
    }

    @Test("What is written is read back to the same bytes", arguments: [
        nil, [], Array("null".utf8), Array(#"{"a":1}"#.utf8), Array(#"{ "a": 1 }"#.utf8), Array(#"{"b":1,"a":2}"#.utf8),
        Array("plain text".utf8), Array("1.0".utf8), Array("\"quoted\"".utf8), [0xFF, 0x00, 0xFE], Array("é\u{0}\n".utf8),
    ] as [[UInt8]?])
    func value(bytes: [UInt8]?) throws {
        let line = try record(value: bytes)
        let text = line.json.canonicalBytes()
        #expect(!text.contains(UInt8(ascii: "\n")))
        let back = try #require(try RecordLine(JSONParser.parse(text)))
        #expect(back.value == bytes)
        #expect(back.key == line.key)
        #expect((back.topic, back.partition, back.offset, back.timestamp) == ("t", 3, 7, 1_700_000_000_123))
    }

    @Test("So are keys and headers: absent, empty, repeated, and not text", arguments: [nil, [], [0x80], Array("k".utf8)] as [[UInt8]?])
    func keysAndHeaders(bytes: [UInt8]?) throws {
        let headers = [
            KafkaHeader("h", bytes), KafkaHeader("h", Array("again".utf8)), KafkaHeader("", bytes),
        ]
        let line = try record(key: bytes, value: nil, headers: headers)
        let back = try #require(try RecordLine(JSONParser.parse(line.json.canonicalBytes())))
        #expect(back.key == bytes)
        #expect(back.headers == headers)
    }

    @Test("Text that should be base64 and isn't, and a header of the wrong form, are refused")
    func refusals() {
        for json: JSONValue in [
            ["topic": "t", "valueBase64": "*"], ["topic": "t", "keyBase64": "*"],
            ["topic": "t", "headers": [["only a name"]]], ["topic": "t", "headers": ["text"]],
        ] {
            #expect(throws: CommandFailure.self) { try RecordLine(json) }
        }
    }
}
