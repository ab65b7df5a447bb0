import JSONSchema

/// Schemas by chance: small, with few names and few values, so that two of them have to do with each other.
struct RandomSchema {
    var dice: Dice

    static let names = ["a", "b", "c", "x-1"]
    static let patterns = ["^[a-c]+$", "^a", "b$", "^x-", "^[a-z]{1,2}$", "[0-9]", "^$"]
    static let formats = ["date", "date-time", "uuid", "uri", "uri-reference", "email", "ipv4"]
    private static let scalars: [JSONValue] = [
        nil, true, false, 0, 1, 2, 3, -1, 7, .decimal("0.5"), .decimal("1.5"), "", "a", "b", "ab", "abc", "x-1", "2026-03-01",
    ]

    mutating func document() -> JSONValue {
        guard dice.chance(20) else { return schema(3) }
        var root = schema(3).object ?? [:]
        root["$defs"] = ["node": schema(2)]
        root["properties"] = ["a": ["$ref": "#/$defs/node"], "b": ["$ref": dice.chance(50) ? "#" : "#/$defs/node"]]
        return .object(root)
    }

    mutating func schema(_ depth: Int) -> JSONValue {
        if depth == 0 || dice.chance(5) { return leaf() }
        var schema: JSONObject = [:]
        switch dice.number(1...100) {
        case 1...35: object(&schema, depth)
        case 36...50: array(&schema, depth)
        case 51...65: number(&schema)
        case 66...80: string(&schema)
        case 81...90: combine(&schema, depth)
        default:
            for _ in 0..<dice.number(1...3) {
                switch dice.number(1...5) {
                case 1: object(&schema, depth)
                case 2: array(&schema, depth)
                case 3: number(&schema)
                case 4: string(&schema)
                default: combine(&schema, depth)
                }
            }
            if dice.chance(60) { schema["type"] = nil }
        }
        if dice.chance(10) { combine(&schema, depth) }
        return .object(schema)
    }

    mutating func value(_ depth: Int = 1) -> JSONValue {
        if depth > 0, dice.chance(15) { return .array((0..<dice.number(0...2)).map { _ in value(depth - 1) }) }
        if depth > 0, dice.chance(15) {
            var object: JSONObject = [:]
            for _ in 0..<dice.number(0...2) { object[dice.pick(Self.names)] = value(depth - 1) }
            return .object(object)
        }
        return dice.pick(Self.scalars)
    }

    private mutating func leaf() -> JSONValue {
        switch dice.number(1...8) {
        case 1: return true
        case 2: return dice.chance(30) ? false : true
        case 3: return ["type": .string(dice.pick(["null", "boolean", "integer", "number", "string", "array", "object"]))]
        case 4: return ["type": .array(["integer", "null"])]
        case 5: return ["enum": .array((0..<dice.number(1...4)).map { _ in value() })]
        case 6: return ["const": value()]
        default:
            var schema: JSONObject = [:]
            if dice.chance(50) { number(&schema) } else { string(&schema) }
            return .object(schema)
        }
    }

    private mutating func number(_ schema: inout JSONObject) {
        schema["type"] = .string(dice.chance(60) ? "integer" : "number")
        if dice.chance(50) { schema[dice.pick(["minimum", "exclusiveMinimum"])] = limit() }
        if dice.chance(50) { schema[dice.pick(["maximum", "exclusiveMaximum"])] = limit() }
        if dice.chance(20) { schema["multipleOf"] = dice.pick([1, 2, 3, 4, .decimal("0.5"), .decimal("0.1"), .decimal("1.5")]) }
    }

    mutating func limit() -> JSONValue { dice.chance(80) ? .number(dice.number(-2...6)) : .decimal("\(dice.number(-2...5)).5") }

    private mutating func string(_ schema: inout JSONObject) {
        schema["type"] = "string"
        if dice.chance(40) { schema["minLength"] = .number(dice.number(0...3)) }
        if dice.chance(40) { schema["maxLength"] = .number(dice.number(0...5)) }
        if dice.chance(30) { schema["pattern"] = .string(dice.pick(Self.patterns)) }
        if dice.chance(12) { schema["format"] = .string(dice.pick(Self.formats)) }
    }

    private mutating func array(_ schema: inout JSONObject, _ depth: Int) {
        schema["type"] = "array"
        if dice.chance(60) { schema["items"] = self.schema(depth - 1) }
        if dice.chance(25) { schema["prefixItems"] = .array((0..<dice.number(1...2)).map { _ in self.schema(depth - 1) }) }
        if dice.chance(40) { schema["minItems"] = .number(dice.number(0...2)) }
        if dice.chance(40) { schema["maxItems"] = .number(dice.number(0...3)) }
        if dice.chance(20) { schema["uniqueItems"] = true }
        if dice.chance(20) {
            schema["contains"] = self.schema(depth - 1)
            if dice.chance(40) { schema["minContains"] = .number(dice.number(0...2)) }
            if dice.chance(40) { schema["maxContains"] = .number(dice.number(0...2)) }
        }
        if dice.chance(4) { schema["unevaluatedItems"] = dice.chance(60) ? false : self.schema(depth - 1) }
    }

    private mutating func object(_ schema: inout JSONObject, _ depth: Int) {
        schema["type"] = "object"
        var properties: JSONObject = [:]
        for name in Self.names where dice.chance(45) { properties[name] = self.schema(depth - 1) }
        schema["properties"] = .object(properties)
        let required = Self.names.filter { _ in dice.chance(25) }
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        if dice.chance(60) { schema["additionalProperties"] = dice.chance(75) ? false : self.schema(depth - 1) }
        if dice.chance(15) { schema["patternProperties"] = [dice.pick(Self.patterns): self.schema(depth - 1)] }
        if dice.chance(10) { schema["propertyNames"] = dice.chance(70) ? ["pattern": .string(dice.pick(Self.patterns))] : ["maxLength": 1] }
        if dice.chance(12) { schema["minProperties"] = .number(dice.number(0...3)) }
        if dice.chance(12) { schema["maxProperties"] = .number(dice.number(0...3)) }
        if dice.chance(10) { schema["dependentRequired"] = [dice.pick(Self.names): [.string(dice.pick(Self.names))]] }
        if dice.chance(8) { schema["dependentSchemas"] = [dice.pick(Self.names): self.schema(depth - 1)] }
        if dice.chance(10) { schema["unevaluatedProperties"] = dice.chance(70) ? false : self.schema(depth - 1) }
    }

    private mutating func combine(_ schema: inout JSONObject, _ depth: Int) {
        switch dice.number(1...6) {
        case 1: schema["allOf"] = schemas(depth)
        case 2: schema["anyOf"] = schemas(depth)
        case 3, 4: schema["oneOf"] = schemas(depth)
        case 5: schema["not"] = self.schema(depth - 1)
        default:
            schema["if"] = self.schema(depth - 1)
            if dice.chance(80) { schema["then"] = self.schema(depth - 1) }
            if dice.chance(50) { schema["else"] = self.schema(depth - 1) }
        }
    }

    private mutating func schemas(_ depth: Int) -> JSONValue { .array((0..<dice.number(1...3)).map { _ in schema(depth - 1) }) }
}
