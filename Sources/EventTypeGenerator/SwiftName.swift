/// The names that things of a schema get in Swift.
enum SwiftName {
    static func upperCamel(_ text: String) -> String {
        words(text).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// `PAID` and `IN_TRANSIT` become `paid` and `inTransit`, not `pAID`.
    static func lowerCamel(_ text: String) -> String {
        let shouts = text.contains { $0.isUppercase } && !text.contains { $0.isLowercase }
        let upper = upperCamel(shouts ? text.lowercased() : text)
        return upper.prefix(1).lowercased() + upper.dropFirst()
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }

    /// The property for a member: its own name where Swift allows it. `nil` where there is none that reads like it.
    static func property(_ name: String) -> String? {
        let identifier = isIdentifier(name) ? name : lowerCamel(name)
        return name.allSatisfy(\.isASCII) && isIdentifier(identifier) && !unusable.contains(identifier) ? identifier : nil
    }

    /// The case for a value; `nil` where there is none that reads like it.
    static func enumCase(_ value: String) -> String? {
        var identifier = lowerCamel(value)
        if identifier.first?.isNumber == true { identifier = "_" + identifier }
        return value.allSatisfy(\.isASCII) && isIdentifier(identifier) && !unusable.contains(identifier) ? identifier : nil
    }

    /// The type for a title or a member; `nil` where there is none that reads like it, or where it would hide a type that generated code
    /// needs.
    static func type(_ text: String) -> String? {
        let identifier = upperCamel(text)
        return text.allSatisfy(\.isASCII) && isIdentifier(identifier) && !usedTypes.contains(identifier) ? identifier : nil
    }

    /// In backquotes where it is a word of Swift.
    static func quoted(_ identifier: String) -> String { keywords.contains(identifier) ? "`\(identifier)`" : identifier }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.first, first == "_" || first.isLetter else { return false }
        return text != "_" && text.allSatisfy { $0.isASCII && ($0 == "_" || $0.isLetter || $0.isNumber) }
    }

    /// What generated code says of itself: a type of this name would be taken for it.
    static let usedTypes: Set<String> = [
        "Any", "Bool", "CalendarDate", "CaseIterable", "Codec", "EventContracts", "EventPayload", "EventReference", "EventUnion",
        "EventVersion", "Hashable", "Int", "JSONMember", "JSONNames", "JSONReader", "JSONRefusal", "JSONSchema", "JSONTag", "JSONWriter",
        "NoEffect", "NoTimer", "PayloadChoice", "PayloadError", "PayloadSchemas", "PayloadValue", "Protocol", "Self", "Sendable",
        "ServiceContract", "ServiceManifest", "String", "SupersededPayload", "TextPattern", "Timestamp",
        "Type",
    ]

    /// No backquotes make members of these: the language or a protocol of the type has them.
    private static let unusable: Set<String> = [
        "Protocol", "Self", "Type", "allCases", "hashValue", "init", "jsonNames", "jsonTags", "rawValue", "self",
    ]

    /// With the words that only lead an expression, `await` and its like: where nothing follows them, they would take the next line.
    private static let keywords: Set<String> = [
        "Any", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "inout",
        "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
        "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "unsafe", "var", "where",
        "while", "yield",
    ]
}
