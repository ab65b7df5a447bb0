import EventContracts
import JSONSchema

/// A property of a struct.
struct StructMember {
    /// As the document names it.
    let name: String
    /// As Swift names it, in backquotes where it must be.
    let identifier: String
    let type: SwiftType
    let isRequired: Bool
    let comment: String?

    init(
        _ name: String, _ schema: JSONValue, isRequired: Bool, patterns: inout PatternSource, at place: SchemaPlace
    ) throws(CatalogueError) {
        guard let identifier = SwiftName.property(name) else {
            throw try place.refusal("\"\(name)\" can't be the name of a Swift property")
        }
        self.name = name
        self.identifier = SwiftName.quoted(identifier)
        type = try SwiftType(schema, for: identifier, patterns: &patterns, at: place)
        self.isRequired = isRequired
        comment = schema["description"]?.string
    }

    var declaration: String { "\(identifier): \(type.text)\(isRequired ? "" : "?")" }

    /// For the initializer: what can be nothing else need not be said.
    var defaultValue: String {
        guard isRequired else { return " = nil" }
        guard case .enumeration(let enumeration, _)? = type.nested, type.text == enumeration.name, let only = enumeration.onlyCase else {
            return ""
        }
        return " = .\(SwiftName.quoted(only))"
    }

    /// As a case of the enum of names.
    var caseDeclaration: String { identifier == name ? identifier : "\(identifier) = \(SwiftLiteral.string(name))" }

    /// The name as a literal of what JSON writes between the quotes.
    var escapedName: String {
        let quoted = JSONValue.string(name).description.unicodeScalars
        return SwiftLiteral.string(String(quoted.dropFirst().dropLast()))
    }

    /// The variable that holds the value while the document is read.
    var local: String { Self.variables.contains(identifier) ? identifier + "Value" : identifier }

    /// The value, where the struct is written.
    var value: String { Self.variables.contains(identifier) ? "self.\(identifier)" : identifier }

    /// Names that generated code gives to other things.
    private static let variables: Set<String> = ["reader", "writer", "names", "members", "member", "item"]
}
