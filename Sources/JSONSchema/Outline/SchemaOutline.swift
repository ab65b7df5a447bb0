/// Goes through a schema as a document would.
struct SchemaOutline {
    private let document: JSONValue
    private(set) var places: [SchemaPlace] = []

    init(document: JSONValue) { self.document = document }

    /// - Parameter following: the references on the way.
    mutating func visit(
        _ schema: JSONValue, at pointer: JSONPointer, path: String, membership: SchemaPlace.Membership, following: Set<String>
    ) {
        guard case .object(let keywords) = schema else {
            let stated: JSONObject = schema == .bool(false) ? ["not": [:]] : [:]
            places.append(SchemaPlace(path: path, pointer: pointer, keywords: stated, membership: membership))
            return
        }
        places.append(SchemaPlace(path: path, pointer: pointer, keywords: keywords, membership: membership))
        if let reference = keywords["$ref"]?.string, reference.hasPrefix("#"), !following.contains(reference),
            let target = JSONPointer(text: String(reference.dropFirst())), let schema = document[target]
        {
            visit(schema, at: target, path: path, membership: membership, following: following.union([reference]))
        }
        let required: Set<JSONValue> = if case .array(let names)? = keywords["required"] { Set(names) } else { [] }
        for (name, value) in keywords {
            let place = pointer.appending(name)
            switch (name, value) {
            case ("properties", .object(let properties)):
                for (member, schema) in properties {
                    visit(
                        schema, at: place.appending(member), path: path + JSONPointer([member]).description,
                        membership: required.contains(.string(member)) ? .required : .optional, following: following)
                }
            case ("patternProperties", .object(let schemas)):
                for (pattern, schema) in schemas {
                    visit(schema, at: place.appending(pattern), path: path + "/{\(pattern)}", membership: .none, following: following)
                }
            case ("additionalProperties", .object), ("unevaluatedProperties", .object):
                visit(value, at: place, path: path + "/{}", membership: .none, following: following)
            case ("items", .object), ("unevaluatedItems", .object), ("contains", .object):
                visit(value, at: place, path: path + "/*", membership: .none, following: following)
            case ("prefixItems", .array(let schemas)):
                for (index, schema) in schemas.enumerated() {
                    visit(schema, at: place.appending(index), path: path + "/\(index)", membership: .none, following: following)
                }
            case ("allOf", .array(let schemas)), ("anyOf", .array(let schemas)), ("oneOf", .array(let schemas)):
                for (index, schema) in schemas.enumerated() {
                    visit(schema, at: place.appending(index), path: path, membership: membership, following: following)
                }
            case ("if", .object), ("then", .object), ("else", .object):
                visit(value, at: place, path: path, membership: membership, following: following)
            case ("dependentSchemas", .object(let schemas)):
                for (member, schema) in schemas {
                    visit(schema, at: place.appending(member), path: path, membership: membership, following: following)
                }
            default: break
            }
        }
    }
}
