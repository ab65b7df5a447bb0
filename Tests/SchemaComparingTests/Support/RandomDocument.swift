import JSONSchema

/// Documents that a schema probably allows, made without any knowledge of how schemas are compared.
struct RandomDocument {
    var random: RandomSchema
    let root: JSONValue

    mutating func document() -> JSONValue {
        let value = value(root, 6)
        return random.dice.chance(15) ? disturbed(value) : value
    }

    private mutating func value(_ schema: JSONValue, _ depth: Int) -> JSONValue {
        guard case .object(let keywords) = schema else { return random.value() }
        let schema = depth > 0 ? merged(keywords, depth) : keywords
        if let constant = schema["const"], random.dice.chance(90) { return constant }
        if let values = schema["enum"]?.array, !values.isEmpty, random.dice.chance(90) { return random.dice.pick(values) }
        switch type(of: schema) {
        case "null": return nil
        case "boolean": return .bool(random.dice.chance(50))
        case "integer", "number": return number(schema)
        case "string": return .string(string(schema))
        case "array": return array(schema, depth)
        case "object": return object(schema, depth)
        default: return random.value()
        }
    }

    /// With what it refers to and what it combines, as far as that can be put into one schema.
    private mutating func merged(_ keywords: JSONObject, _ depth: Int) -> JSONObject {
        var result = keywords
        var others: [JSONValue] = keywords["allOf"]?.array ?? []
        if let reference = keywords["$ref"]?.string, let target = JSONPointer(text: String(reference.dropFirst())).flatMap({ root[$0] }) {
            others.append(target)
        }
        for combination in ["anyOf", "oneOf"] {
            if let schemas = keywords[combination]?.array, !schemas.isEmpty { others.append(random.dice.pick(schemas)) }
        }
        if random.dice.chance(50), let condition = keywords["if"] {
            others.append(condition)
            if let then = keywords["then"] { others.append(then) }
        } else if let otherwise = keywords["else"] {
            others.append(otherwise)
        }
        for other in others {
            guard case .object(let other) = other else { continue }
            for (keyword, value) in merged(depth > 1 ? other : [:], depth - 1) { combine(keyword, value, &result) }
        }
        return result
    }

    private func combine(_ keyword: String, _ value: JSONValue, _ result: inout JSONObject) {
        switch (keyword, result[keyword], value) {
        case ("properties", .object(var mine)?, .object(let others)):
            for (name, schema) in others { mine[name] = mine[name].map { ["allOf": [$0, schema]] } ?? schema }
            result[keyword] = .object(mine)
        case ("required", .array(let mine)?, .array(let others)): result[keyword] = .array(mine + others)
        case ("items", let mine?, _): result[keyword] = ["allOf": [mine, value]]
        default: result[keyword] = value
        }
    }

    private mutating func type(of schema: JSONObject) -> String {
        switch schema["type"] {
        case .string(let type)?: return type
        case .array(let types)?: return random.dice.pick(types.compactMap(\.string))
        default:
            if schema["properties"] != nil || schema["required"] != nil { return random.dice.chance(80) ? "object" : "any" }
            if schema["items"] != nil || schema["contains"] != nil { return random.dice.chance(80) ? "array" : "any" }
            return random.dice.pick(["null", "boolean", "integer", "number", "string", "array", "object", "any"])
        }
    }

    private mutating func number(_ schema: JSONObject) -> JSONValue {
        let limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].compactMap { schema[$0] }
        if let limit = limits.randomElement(using: &random.dice) {
            let whole = limit.int64 ?? 0
            return random.dice.pick([
                limit, .number(Int(whole) + 1), .number(Int(whole) - 1), .number(Int(whole) * 2), .decimal("\(whole).5"),
                .decimal("\(whole).01"),
            ])
        }
        return random.dice.pick([0, 1, 2, 3, 4, 6, 12, -1, 100, .decimal("0.5"), .decimal("2.5"), .decimal("0.1")])
    }

    private mutating func string(_ schema: JSONObject) -> String {
        let shortest = Int(schema["minLength"]?.int64 ?? 0)
        let longest = min(Int(schema["maxLength"]?.int64 ?? 6), shortest + 60)
        if schema["format"] != nil {
            return random.dice.pick([
                "2026-03-01", "2026-03-01T12:00:00Z", "123e4567-e89b-12d3-a456-426614174000", "https://example.org/a", "a:", "a",
                "someone@example.org", "192.0.2.1", "../x",
            ])
        }
        if schema["pattern"] != nil, random.dice.chance(80) {
            return random.dice.pick(["a", "b", "ab", "abc", "aab", "cab", "x-", "x-a", "x-1b", "bb", "1", "a1", "", "aaaa", "bca"])
        }
        let length = shortest <= longest ? random.dice.number(shortest...longest) : shortest
        return String((0..<length).map { _ in random.dice.pick(Array("abcx-1ü")) })
    }

    private mutating func array(_ schema: JSONObject, _ depth: Int) -> JSONValue {
        guard depth > 0 else { return [] }
        let shortest = Int(schema["minItems"]?.int64 ?? 0)
        let longest = min(Int(schema["maxItems"]?.int64 ?? 3), shortest + 3)
        let prefix = schema["prefixItems"]?.array ?? []
        let length = shortest <= longest ? random.dice.number(shortest...longest) : shortest
        return .array(
            (0..<min(length, 20)).map { index in
                if let contained = schema["contains"], random.dice.chance(40) { return value(contained, depth - 1) }
                return value(index < prefix.count ? prefix[index] : schema["items"] ?? true, depth - 1)
            })
    }

    private mutating func object(_ schema: JSONObject, _ depth: Int) -> JSONValue {
        guard depth > 0 else { return [:] }
        var object: JSONObject = [:]
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        let properties = schema["properties"]?.object ?? [:]
        for name in Set(properties.keys).union(required).sorted() {
            guard required.contains(name) ? random.dice.chance(97) : random.dice.chance(50) else { continue }
            object[name] = value(properties[name] ?? schema["additionalProperties"] ?? true, depth - 1)
        }
        if schema["additionalProperties"] != false, random.dice.chance(30) {
            let patterned = schema["patternProperties"]?.object?.first { _ in true }?.value
            object[random.dice.pick(RandomSchema.names + ["ab", "z", "x-a", "1", ""])] =
                value(patterned ?? schema["additionalProperties"] ?? true, depth - 1)
        } else if let patterned = schema["patternProperties"]?.object?.first(where: { _ in true })?.value, random.dice.chance(50) {
            object[random.dice.pick(["a", "ab", "x-", "x-a", "b", "1", "c"])] = value(patterned, depth - 1)
        }
        return .object(object)
    }

    /// With something in it changed.
    private mutating func disturbed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var object) where !object.isEmpty:
            let name = random.dice.pick(object.keys)
            object[name] = random.dice.chance(30) ? nil : disturbed(object[name] ?? nil)
            return .object(object)
        case .array(var items) where !items.isEmpty:
            let index = random.dice.number(0...(items.count - 1))
            items[index] = disturbed(items[index])
            return .array(items)
        default: return random.value()
        }
    }
}
