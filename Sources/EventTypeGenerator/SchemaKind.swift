import EventContracts
import JSONSchema

/// The kinds of schema that have a Swift type, each with the keywords it may use.
///
/// Everything else is refused, though the validator may know it: a type that can't hold what its schema allows would lose data in silence.
enum SchemaKind: String, CaseIterable {
    case string, integer, boolean, array, object
    /// Objects told apart by a tag.
    case oneOf

    /// Assertions that narrow a value without changing its type; generated code checks them.
    private var keywords: Set<String> {
        switch self {
        case .string: ["type", "enum", "const", "minLength", "maxLength", "pattern", "format"]
        case .integer: ["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        case .boolean: ["type"]
        case .array: ["type", "items", "minItems", "maxItems", "uniqueItems"]
        case .object:
            ["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "dependentRequired"]
        case .oneOf: ["oneOf"]
        }
    }

    private static let annotations: Set<String> = [
        "title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly", "$comment",
    ]

    private static let types = allCases.filter { $0 != .oneOf }.map(\.rawValue).joined(separator: ", ")

    /// - Throws: ``CatalogueError`` for the first thing in this schema, its members left aside, that has no Swift type.
    static func of(_ schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) -> SchemaKind {
        guard case .object(let members) = schema else { throw try place.refusal("a schema is an object here") }
        let kind: SchemaKind
        if members["oneOf"] != nil, members["type"] == nil {
            kind = .oneOf
        } else {
            kind = try named(members["type"], at: place)
        }
        let known = kind.keywords.union(annotations).union(place.isRoot ? ["$schema", "$id"] : [])
        for keyword in members.keys where !known.contains(keyword) {
            throw try place.appending(keyword).refusal(
                "the keyword \(keyword) of a schema \(kind == .oneOf ? "with oneOf" : "of type \(kind.rawValue)") can't become Swift; "
                    + "supported are \(known.sorted().joined(separator: ", "))")
        }
        return kind
    }

    private static func named(_ type: JSONValue?, at place: SchemaPlace) throws(CatalogueError) -> SchemaKind {
        guard let type else { throw try place.refusal("the schema needs a type, one of \(types), or oneOf") }
        guard let kind = type.string.flatMap(SchemaKind.init), kind != .oneOf else {
            throw try place.appending("type").refusal("\(type) has no Swift type; one of \(types) has")
        }
        return kind
    }
}
