/// The form of a message, made from a line of text such as
///
///     name:string, partitions:[index:int32, records:bytes?], errorMessage:string?@8, topicId:uuid@7
///
/// `?` allows NULL; `@3` is "since version 3", `@2-4` "from 2 to 4"; `=-1` is what stands where nothing is said; `[…]` is an array, of
/// structures if its inside is a list of fields. The names and versions are those of the Kafka protocol's message definitions.
struct MessageSchema: Sendable {
    indirect enum Kind: Sendable {
        case bool, int8, int16, int32, int64, uuid, string, bytes
        case array(Kind)
        case structure([Field])
    }

    struct Field: Sendable {
        let name: String
        let kind: Kind
        let isNullable: Bool
        let versions: ClosedRange<Int>
        let standard: Int64
    }

    let fields: [Field]

    init(_ text: String) {
        var parser = Parser(rest: text[...])
        fields = parser.fields()
    }

    /// Reads the descriptions that stand in this module; a test reads them all, so a slip shows there.
    private struct Parser {
        var rest: Substring

        mutating func fields() -> [Field] {
            var fields: [Field] = []
            while true {
                skipSpace()
                guard let first = rest.first, first.isLetter else { return fields }
                fields.append(field())
                skipSpace()
                if rest.first == "," { rest.removeFirst() }
            }
        }

        private mutating func field() -> Field {
            let name = word()
            _ = take(":")
            let kind = kind()
            let isNullable = take("?")
            var standard: Int64 = 0
            if take("=") { standard = Int64(number()) }
            var versions = 0...Int.max
            if take("@") {
                let first = number()
                versions = first...(take("-") ? number() : Int.max)
            }
            return Field(name: name, kind: kind, isNullable: isNullable, versions: versions, standard: standard)
        }

        private mutating func kind() -> Kind {
            if take("[") {
                defer { skipSpace(); _ = take("]") }
                skipSpace()
                let inside = rest
                _ = word()
                let isStructure = rest.first == ":"
                rest = inside
                return .array(isStructure ? .structure(fields()) : kind())
            }
            return switch word() {
            case "bool": .bool
            case "int8": .int8
            case "int16": .int16
            case "int32": .int32
            case "int64": .int64
            case "uuid": .uuid
            case "string": .string
            default: .bytes
            }
        }

        private mutating func word() -> String {
            let word = rest.prefix { $0.isLetter || $0.isNumber }
            rest = rest[word.endIndex...]
            return String(word)
        }

        private mutating func number() -> Int {
            let sign = rest.first == "-" ? "-" : ""
            let digits = rest.dropFirst(sign.count).prefix { $0.isNumber }
            rest = rest[digits.endIndex...]
            return Int(sign + digits) ?? 0
        }

        private mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func skipSpace() {
            rest = rest.drop { $0.isWhitespace }
        }
    }
}
