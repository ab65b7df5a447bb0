/// A member that a schema declares, by its place in the documents that the schema describes.
public struct DeclaredMember: Sendable, Hashable {
    /// `/lines/*/sku`: names as in a JSON pointer, `*` for any item, a number for an item of a tuple, `{pattern}` for names that match.
    public let path: String
    /// What is said of it, at this place in the schema.
    public let schema: JSONValue
    public let pointer: JSONPointer
    public let isRequired: Bool

    /// All of them, through references within the document, as the document has them. A member that several branches declare is there
    /// several times; one that contains itself is there once.
    public static func all(in document: JSONValue) -> [DeclaredMember] {
        var outline = Outline(document: document)
        outline.visit(document, at: JSONPointer(), path: "", following: [])
        return outline.members
    }
}

private struct Outline {
    let document: JSONValue
    var members: [DeclaredMember] = []

    /// - Parameter following: the references on the way.
    mutating func visit(_ schema: JSONValue, at pointer: JSONPointer, path: String, following: Set<String>) {
        guard case .object(let keywords) = schema else { return }
        if let reference = keywords["$ref"]?.string, reference.hasPrefix("#"), !following.contains(reference),
            let target = JSONPointer(text: String(reference.dropFirst())), let schema = document[target]
        {
            visit(schema, at: target, path: path, following: following.union([reference]))
        }
        let required: Set<JSONValue> = if case .array(let names)? = keywords["required"] { Set(names) } else { [] }
        for (name, value) in keywords {
            let place = pointer.appending(name)
            switch (name, value) {
            case ("properties", .object(let properties)):
                for (member, schema) in properties {
                    let step = path + JSONPointer([member]).description
                    members.append(
                        DeclaredMember(
                            path: step, schema: schema, pointer: place.appending(member), isRequired: required.contains(.string(member))))
                    visit(schema, at: place.appending(member), path: step, following: following)
                }
            case ("patternProperties", .object(let patterns)):
                for (pattern, schema) in patterns {
                    visit(schema, at: place.appending(pattern), path: path + "/{\(pattern)}", following: following)
                }
            case ("additionalProperties", _), ("unevaluatedProperties", _):
                visit(value, at: place, path: path + "/{}", following: following)
            case ("items", _), ("unevaluatedItems", _), ("contains", _): visit(value, at: place, path: path + "/*", following: following)
            case ("prefixItems", .array(let schemas)):
                for (index, schema) in schemas.enumerated() {
                    visit(schema, at: place.appending(index), path: path + "/\(index)", following: following)
                }
            case ("allOf", .array(let schemas)), ("anyOf", .array(let schemas)), ("oneOf", .array(let schemas)):
                for (index, schema) in schemas.enumerated() { visit(schema, at: place.appending(index), path: path, following: following) }
            case ("if", _), ("then", _), ("else", _): visit(value, at: place, path: path, following: following)
            case ("dependentSchemas", .object(let schemas)):
                for (member, schema) in schemas { visit(schema, at: place.appending(member), path: path, following: following) }
            default: break
            }
        }
    }
}
