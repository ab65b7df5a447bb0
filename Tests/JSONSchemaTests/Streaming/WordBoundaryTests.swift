import JSONSchema
import Testing

/// Text is looked at and copied eight bytes at a time: whatever stands at whichever place of a word, the result is that of single bytes.
@Suite("Text of every length, word by word")
struct WordBoundaryTests {
    private static let specials = ["\"", "\\", "\n", "\u{1F}", " ", "\u{7F}", "é", "\u{7FF}", "€", "😀"]

    /// Every length up to three words, every special character at every place.
    private static func texts() -> [String] {
        var texts: [String] = []
        for count in 0...26 {
            let plain = String("abcdefghijklmnopqrstuvwxyz".prefix(count))
            texts.append(plain)
            for special in specials {
                for place in 0...count { texts.append("\(plain.prefix(place))\(special)\(plain.dropFirst(place))") }
            }
        }
        return texts
    }

    /// One code point after another.
    private static func quoted(_ text: String) -> String {
        let escapes: [Unicode.Scalar: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\u{1F}": "\\u001f"]
        return "\"" + text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined() + "\""
    }

    @Test("A string is written with the escapes that it needs, and its length is counted")
    func writing() {
        for text in Self.texts() {
            let length = text.unicodeScalars.count
            for range in [length...length, length + 1...length + 1, 0...max(length - 1, 0)] {
                var writer = JSONWriter()
                writer.beginArray()
                writer.write(text, length: range)
                writer.write(text)
                writer.endArray()
                #expect(writer.bytes == Array("[\(Self.quoted(text)),\(Self.quoted(text))]".utf8))
                #expect(writer.isValid == range.contains(length), "\(text) as \(range)")
            }
        }
    }

    @Test("A string is read as it was written, and its length is counted")
    func reading() throws {
        for text in Self.texts() {
            let length = text.unicodeScalars.count
            // With little behind it, and with more than a word.
            for end in ["", "         "] {
                let bytes = Array((Self.quoted(text) + end).utf8)
                var reader = JSONReader(bytes)
                #expect(try reader.string(length: length...length).utf8.elementsEqual(text.utf8))
                try reader.end()
                #expect(throws: JSONRefusal.self) {
                    var reader = JSONReader(bytes)
                    _ = try reader.string(length: length + 1...Int.max)
                }
            }
        }
    }

    @Test("What isn't UTF-8 is no string, wherever it stands", arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]])
    func malformed(bytes: [UInt8]) {
        for place in 0...20 {
            let text = [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "a"), count: place) + bytes + Array(#"aaa""#.utf8)
            #expect(throws: JSONRefusal.self) {
                var reader = JSONReader(text)
                _ = try reader.string()
            }
        }
    }

    @Test("A whole number of any number of digits is written in full")
    func integers() throws {
        var power = 1
        var values = [0, Int.min, Int.max]
        for _ in 0..<18 {
            power *= 10
            values += [power - 1, power, power + 1]
        }
        for value in values.flatMap({ [$0, 0 &- $0] }) {
            var writer = JSONWriter()
            writer.write(value)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == "\(value)")
            var reader = JSONReader(writer.bytes)
            #expect(try reader.integer() == value)
            try reader.end()
        }
    }

    private enum Name: String, CaseIterable, Sendable {
        case a, ab, abc, abcd, abcde, abcdef, abcdefg, abcdefgh, abcdefghi
        case abcdefghijklmn, abcdefghijklmno, abcdefghijklmnop
        case quote = "a\"", accent = "aé"
    }

    @Test("A name is found whole, and nothing else is taken for it")
    func names() throws {
        let names = JSONNames(Name.self)
        func members(_ text: String) throws -> [Name] {
            var reader = JSONReader(Array(text.utf8))
            var members = try reader.beginObject()
            var found: [Name] = []
            while let name = try reader.nextMember(of: names, &members) {
                found.append(name)
                _ = try reader.integer()
            }
            try reader.end()
            return found
        }
        for name in Name.allCases {
            let quoted = Self.quoted(name.rawValue)
            #expect(try members("{\(quoted):1}") == [name])
            #expect(try members("{ \(quoted) : 1 }") == [name])
            for place in name.rawValue.unicodeScalars.indices {
                var other = name.rawValue
                other.unicodeScalars.replaceSubrange(place...place, with: ["z"])
                #expect(try members("{\(Self.quoted(other)):1,\(quoted):1}") == [name])
            }
        }
        let all = Name.allCases.map { "\(Self.quoted($0.rawValue)):1" }.joined(separator: ",")
        #expect(try members("{\(all)}") == Name.allCases)
        #expect(throws: JSONRefusal.self) { try members("{\(all),\"a\":1}") }
    }

    @Test("A UUID has digits and hyphens where they belong, and nothing else anywhere")
    func uuids() throws {
        let schema = try Schema.compile(["format": "uuid"], origin: "test")
        let uuid = Array("0123456f-89AB-cDeF-a09f-AF1234567890".utf8)
        #expect(schema.isValid(.string(String(decoding: uuid, as: UTF8.self))))
        for place in uuid.indices {
            for byte in 0..<0x80 as Range<UInt8> {
                var other = uuid
                other[place] = byte
                let isMeant = uuid[place] == UInt8(ascii: "-") ? byte == uuid[place] : "0123456789abcdefABCDEF".utf8.contains(byte)
                #expect(schema.isValid(.string(String(decoding: other, as: UTF8.self))) == isMeant, "\(byte) at \(place)")
            }
            let text = String(decoding: uuid, as: UTF8.self)
            let index = text.index(text.startIndex, offsetBy: place)
            #expect(!schema.isValid(.string(text.replacingCharacters(at: index, with: "é"))))
        }
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
        String(self[..<index]) + String(character) + String(self[self.index(after: index)...])
    }
}
