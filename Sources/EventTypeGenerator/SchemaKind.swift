import EventContracts
import JSONSchema

/// The kinds of schema that have a Swift type, each with the keywords it may use.
///
/// Everything else is refused, though the validator may know it: a type that can't hold what its schema allows would lose data in silence.
enum SchemaKind: String, CaseIterable {
    case string, integer, boolean, array, object

    /// Assertions that narrow a value without changing its type; the codec checks them when it validates.
    private var keywords: Set<String> {
        switch self {
        case .string: ["enum", "minLength", "maxLength", "pattern", "format"]
        case .integer: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        case .boolean: []
        case .array: ["items", "minItems", "maxItems", "uniqueItems"]
        case .object: ["properties", "required", "additionalProperties", "minProperties", "maxProperties", "dependentRequired"]
        }
    }

    private static let annotations: Set<String> = [
        "type", "title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly", "$comment",
    ]

    /// - Throws: ``CatalogueError`` for the first thing in this schema, its members left aside, that has no Swift type.
    static func of(_ schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) -> SchemaKind {
        guard case .object(let members) = schema else { throw try place.refusal("a schema is an object here") }
        let all = allCases.map(\.rawValue).joined(separator: ", ")
        guard let type = members["type"] else { throw try place.refusal("the schema needs a type, one of \(all)") }
        guard let kind = type.string.flatMap(SchemaKind.init) else {
            let found = String(decoding: type.canonicalBytes(), as: UTF8.self)
            throw try place.appending("type").refusal("\(found) has no Swift type; one of \(all) has")
        }
        let known = kind.keywords.union(annotations).union(place.isRoot ? ["$schema", "$id"] : [])
        for keyword in members.keys where !known.contains(keyword) {
            throw try place.appending(keyword).refusal(
                "the keyword \(keyword) of a schema of type \(kind.rawValue) can't become Swift; "
                    + "supported are \(known.sorted().joined(separator: ", "))")
        }
        return kind
    }
}
