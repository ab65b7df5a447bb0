/// Reads the schemas of one document as the registry does.
struct RegistrySchemaReader {
    let document: JSONValue

    var root: RegistrySchema { read(document) }

    private static let keywords: [(kind: String, names: [String])] = [
        ("string", ["minLength", "maxLength", "pattern"]),
        ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        (
            "object",
            [
                "properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties", "propertyNames",
                "dependentRequired", "dependentSchemas", "unevaluatedProperties",
            ]
        ),
        (
            "array",
            ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"]
        ),
    ]

    func read(_ schema: JSONValue) -> RegistrySchema {
        guard case .object(let keywords) = schema else { return RegistrySchema(schema == .bool(false) ? .never : .empty) }
        var result = combine(keywords)
        result.id = keywords["$id"]
        result.title = keywords["title"]
        result.summary = keywords["description"]
        result.fallback = keywords["default"]
        return result
    }

    /// What a reference leads to; itself if that is nowhere in the document, or in a circle.
    func dereference(_ schema: RegistrySchema) -> RegistrySchema {
        var schema = schema
        for _ in 0..<32 {
            guard case .reference(let text) = schema.kind, let target = target(of: text) else { return schema }
            schema = read(target)
        }
        return schema
    }

    private func target(of reference: String) -> JSONValue? {
        guard reference.hasPrefix("#"), let fragment = URIReference(reference).decodedFragment else { return nil }
        return JSONPointer(text: fragment).flatMap { document[$0] }
    }

    private func combine(_ keywords: JSONObject) -> RegistrySchema {
        var parts = typed(keywords)
        if case .array(let values)? = keywords["enum"] { parts.append(RegistrySchema(.values(values))) }
        if let value = keywords["const"] { parts.append(RegistrySchema(.constant(value))) }
        for criterion in [RegistrySchema.Criterion.allOf, .anyOf, .oneOf] {
            guard case .array(let schemas)? = keywords[criterion.rawValue] else { continue }
            parts.append(RegistrySchema(.combined(criterion, schemas.map(read))))
        }
        if let schema = keywords["not"] { parts.append(RegistrySchema(.not(schema))) }
        if keywords["if"] != nil { parts.append(RegistrySchema(.conditional)) }
        if let reference = keywords["$ref"]?.string { parts.append(RegistrySchema(.reference(reference))) }
        switch parts.count {
        case 0: return RegistrySchema(.empty)
        case 1: return parts[0]
        default: return RegistrySchema(.combined(.allOf, parts))
        }
    }

    /// The parts that have a type, or keywords of one. Several types are alternatives.
    private func typed(_ keywords: JSONObject) -> [RegistrySchema] {
        var rules: [String: RegistrySchema.Rules] = [:]
        for (kind, names) in Self.keywords {
            for name in names {
                // No members at all make no schema of an object.
                guard let value = keywords[name] else { continue }
                if value == .object([:]), ["properties", "patternProperties"].contains(name) { continue }
                rules[kind, default: RegistrySchema.Rules()].keywords[name] = value
            }
        }
        func part(_ type: String) -> RegistrySchema {
            switch type {
            case "string": RegistrySchema(.string(rules.removeValue(forKey: "string") ?? RegistrySchema.Rules()))
            case "number", "integer":
                RegistrySchema(.number(rules.removeValue(forKey: "number") ?? RegistrySchema.Rules(), isInteger: type == "integer"))
            case "object": RegistrySchema(.object(rules.removeValue(forKey: "object") ?? RegistrySchema.Rules()))
            case "array": RegistrySchema(.array(rules.removeValue(forKey: "array") ?? RegistrySchema.Rules()))
            case "boolean": RegistrySchema(.boolean)
            default: RegistrySchema(.null)
            }
        }
        var parts: [RegistrySchema] = []
        switch keywords["type"] {
        case .string(let type)?: parts.append(part(type))
        case .array(let types)?: parts.append(RegistrySchema(.combined(.anyOf, types.compactMap(\.string).map(part))))
        default: break
        }
        for (kind, _) in Self.keywords where rules[kind] != nil { parts.append(part(kind)) }
        return parts
    }
}
