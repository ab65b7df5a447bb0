import JSONSchema

/// What an author might do to a schema, well or badly.
struct SchemaMutation {
    var random: RandomSchema

    mutating func mutated(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<random.dice.number(1...2) { schema = edit(schema, 5) }
        return schema
    }

    /// Somewhere in the schema, one change.
    private mutating func edit(_ schema: JSONValue, _ depth: Int) -> JSONValue {
        guard case .object(var keywords) = schema else { return random.dice.chance(50) ? random.schema(1) : schema }
        if depth > 0, random.dice.chance(65), let deeper = editWithin(keywords, depth) { return .object(deeper) }
        switch random.dice.number(1...12) {
        case 1: keywords[random.dice.pick(RandomSchema.names)] = nil
        case 2: addProperty(&keywords)
        case 3: removeProperty(&keywords)
        case 4: toggleRequired(&keywords)
        case 5, 6: changeLimit(&keywords)
        case 7: keywords["additionalProperties"] = keywords["additionalProperties"] == nil ? false : nil
        case 8: changeType(&keywords)
        case 9: changeEnum(&keywords)
        case 10:
            let keyword = keywords.keys.filter { !$0.hasPrefix("$") }.randomElement(using: &random.dice)
            if let keyword { keywords[keyword] = nil }
        case 11:
            var around: JSONObject = ["$defs": keywords["$defs"] ?? [:]]
            around[random.dice.pick(["anyOf", "oneOf", "allOf"])] = [schema, random.schema(1)]
            return .object(around)
        default:
            let other = random.schema(1).object ?? [:]
            for (keyword, value) in other where random.dice.chance(60) { keywords[keyword] = value }
        }
        return .object(keywords)
    }

    private mutating func editWithin(_ keywords: JSONObject, _ depth: Int) -> JSONObject? {
        var keywords = keywords
        let maps = ["properties", "$defs", "patternProperties"].filter { keywords[$0]?.object?.isEmpty == false }
        let schemas = ["items", "additionalProperties", "contains", "not", "if", "then"].filter { keywords[$0]?.object != nil }
        let lists = ["allOf", "anyOf", "oneOf", "prefixItems"].filter { keywords[$0]?.array?.isEmpty == false }
        guard let keyword = (maps + schemas + lists).randomElement(using: &random.dice) else { return nil }
        switch keywords[keyword] {
        case .object(var members)? where maps.contains(keyword):
            let name = random.dice.pick(members.keys)
            members[name] = edit(members[name] ?? true, depth - 1)
            keywords[keyword] = .object(members)
        case .array(var elements)?:
            let index = random.dice.number(0...(elements.count - 1))
            elements[index] = edit(elements[index], depth - 1)
            keywords[keyword] = .array(elements)
        case let schema?: keywords[keyword] = edit(schema, depth - 1)
        case nil: return nil
        }
        return keywords
    }

    private mutating func addProperty(_ keywords: inout JSONObject) {
        guard keywords["type"] == "object" || keywords["properties"] != nil else { return }
        var properties = keywords["properties"]?.object ?? [:]
        properties[random.dice.pick(RandomSchema.names + ["added"])] = random.schema(1)
        keywords["properties"] = .object(properties)
    }

    private mutating func removeProperty(_ keywords: inout JSONObject) {
        guard var properties = keywords["properties"]?.object, !properties.isEmpty else { return }
        let name = random.dice.pick(properties.keys)
        properties[name] = nil
        keywords["properties"] = .object(properties)
        if let required = keywords["required"]?.array, random.dice.chance(70) {
            keywords["required"] = .array(required.filter { $0 != .string(name) })
        }
    }

    private mutating func toggleRequired(_ keywords: inout JSONObject) {
        var required = keywords["required"]?.array ?? []
        let name = JSONValue.string(random.dice.pick((keywords["properties"]?.object?.keys ?? []) + RandomSchema.names))
        if required.contains(name) { required.removeAll { $0 == name } } else { required.append(name) }
        keywords["required"] = .array(required)
    }

    private mutating func changeLimit(_ keywords: inout JSONObject) {
        let limits = [
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "minContains",
            "maxContains", "minProperties", "maxProperties",
        ]
        guard let limit = limits.filter({ keywords[$0] != nil }).randomElement(using: &random.dice) else { return }
        if let value = keywords[limit]?.int64 {
            let changed = value + Int64(random.dice.pick([-1, 1, 2]))
            keywords[limit] = .number(limit.hasSuffix("imum") ? Int(changed) : max(0, Int(changed)))
        }
    }

    private mutating func changeType(_ keywords: inout JSONObject) {
        switch keywords["type"] {
        case "integer": keywords["type"] = "number"
        case "number": keywords["type"] = "integer"
        case .string(let type)?: keywords["type"] = [.string(type), "null"]
        case .array(let types)?: keywords["type"] = types[0]
        default: keywords["type"] = "object"
        }
    }

    private mutating func changeEnum(_ keywords: inout JSONObject) {
        guard var values = keywords["enum"]?.array else { return }
        if values.count > 1, random.dice.chance(50) { values.removeLast() } else { values.append(random.value()) }
        keywords["enum"] = .array(values)
    }
}
