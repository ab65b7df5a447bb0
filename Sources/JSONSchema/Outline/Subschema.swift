/// A schema within a schema document, with the place where it stands.
public struct Subschema: Sendable {
    public enum Role: Sendable, Hashable {
        case root
        /// Describes the member of that name.
        case property(String)
        /// Under `$defs`.
        case definition(String)
        /// Anything else: an item, a branch, a condition.
        case other
    }

    public let pointer: JSONPointer
    public let keywords: JSONObject
    public let role: Role

    /// Every schema of a document that is an object, the root first, as the document has them.
    public static func all(in document: JSONValue) -> [Subschema] {
        var found: [Subschema] = []
        collect(document, JSONPointer(), .root, &found)
        return found
    }

    private static func collect(_ schema: JSONValue, _ pointer: JSONPointer, _ role: Role, _ found: inout [Subschema]) {
        guard case .object(let keywords) = schema else { return }
        found.append(Subschema(pointer: pointer, keywords: keywords, role: role))
        for (name, value) in keywords {
            guard let keyword = SchemaKeyword(rawValue: name) else { continue }
            let place = pointer.appending(name)
            switch (keyword.content, value) {
            case (.schema, _): collect(value, place, .other, &found)
            case (.list, .array(let schemas)):
                for (index, schema) in schemas.enumerated() { collect(schema, place.appending(index), .other, &found) }
            case (.map, .object(let schemas)):
                for (member, schema) in schemas {
                    let role: Role = keyword == .properties ? .property(member) : keyword == .defs ? .definition(member) : .other
                    collect(schema, place.appending(member), role, &found)
                }
            default: break
            }
        }
    }
}
