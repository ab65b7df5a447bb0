import EventContracts
import JSONSchema

/// The Swift type of a member, and the declaration that it brings along.
struct SwiftType {
    enum Nested {
        case structure(StructSource, comment: String?)
        case enumeration(name: String, cases: [String], comment: String?)

        func write(to source: inout SourceText) throws(CatalogueError) {
            switch self {
            case .structure(let structure, let comment):
                if let comment { source.comment(comment) }
                try structure.write(conformingTo: "PayloadValue", to: &source)
            case .enumeration(let name, let cases, let comment):
                if let comment { source.comment(comment) }
                source.block("enum \(name): String, PayloadValue, CaseIterable") { source in
                    for value in cases {
                        let identifier = TypeNames.lowerCamel(value)
                        let quoted = Self.quote(identifier)
                        source.line(identifier == value ? "case \(quoted)" : "case \(quoted) = \"\(value)\"")
                    }
                }
            }
        }

        private static func quote(_ identifier: String) -> String {
            SwiftType.reserved.contains(identifier) ? "`\(identifier)`" : identifier
        }
    }

    let text: String
    let nested: Nested?

    /// The words that a property or a case can't be called without quotes.
    static let reserved: Set<String> = [
        "case", "class", "default", "enum", "extension", "for", "func", "if", "import", "in", "init", "internal", "is", "let",
        "operator", "private", "protocol", "public", "repeat", "return", "self", "static", "struct", "switch", "var", "where",
        "while",
    ]

    /// - Parameter suggestedName: what a nested type is called unless its schema has a title.
    init(
        _ schema: JSONValue, suggestedName: String, pointer: JSONPointer, origin: String
    ) throws(CatalogueError) {
        let name = schema["title"]?.string.map(TypeNames.upperCamel) ?? suggestedName
        let comment = schema["description"]?.string
        if case .array(let values)? = schema["enum"] {
            let cases = values.compactMap(\.string)
            guard cases.count == values.count, Set(cases.map(TypeNames.lowerCamel)).count == cases.count else {
                throw CatalogueError(
                    origin: "\(origin)#\(pointer)/enum", message: "only distinct strings can become the cases of an enum")
            }
            text = name
            nested = .enumeration(name: name, cases: cases, comment: comment)
            return
        }
        switch schema["type"]?.string {
        case "string": (text, nested) = ("String", nil)
        case "integer": (text, nested) = ("Int", nil)
        case "boolean": (text, nested) = ("Bool", nil)
        case "object":
            text = name
            nested = .structure(
                try StructSource(name: name, schema: schema, pointer: pointer, origin: origin), comment: comment)
        case "array":
            guard let items = schema["items"] else {
                throw CatalogueError(origin: "\(origin)#\(pointer)", message: "an array needs `items` to become a Swift type")
            }
            let element = try SwiftType(
                items, suggestedName: suggestedName + "Item", pointer: pointer.appending("items"), origin: origin)
            text = "[\(element.text)]"
            nested = element.nested
        case let other:
            throw CatalogueError(
                origin: "\(origin)#\(pointer)/type",
                message: "\(other ?? "a schema without a single type") can't become a Swift type; supported are "
                    + "string, integer, boolean, array, object and enums of strings")
        }
    }
}
