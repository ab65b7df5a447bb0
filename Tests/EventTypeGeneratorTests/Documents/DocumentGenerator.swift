import JSONSchema

/// Documents that satisfy a schema of the kinds that have a Swift type.
struct DocumentGenerator {
    var random: SeededGenerator
    /// Whether to strew in members that the schema doesn't declare, which a reader passes over.
    let addsUndeclared: Bool

    mutating func document(_ schema: JSONValue) -> JSONValue {
        if case .array(let alternatives)? = schema["oneOf"] { return document(alternatives.randomElement(using: &random) ?? .null) }
        if let constant = schema["const"] { return constant }
        if case .array(let values)? = schema["enum"] { return values.randomElement(using: &random) ?? .null }
        switch schema["type"]?.string {
        case "integer": return .number(JSONNumber(integer(schema)))
        case "boolean": return .bool(Bool.random(using: &random))
        case "string": return .string(string(schema))
        case "array": return .array(array(schema))
        default: return .object(object(schema))
        }
    }

    private mutating func integer(_ schema: JSONValue) -> Int64 {
        var lower = schema["minimum"]?.int64 ?? schema["exclusiveMinimum"]?.int64.map { $0 + 1 } ?? Int64.min
        var upper = schema["maximum"]?.int64 ?? schema["exclusiveMaximum"]?.int64.map { $0 - 1 } ?? Int64.max
        let step = schema["multipleOf"]?.int64 ?? 1
        if step > 1 { (lower, upper) = (max(lower, -1_000_000), min(upper, 1_000_000)) }
        let value: Int64 =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: lower
            case 1: upper
            case 2 where lower <= 0 && upper >= 0: Int64.random(in: max(lower, -100)...min(upper, 100), using: &random)
            default: Int64.random(in: lower...upper, using: &random)
            }
        return value - value % step
    }

    private mutating func string(_ schema: JSONValue) -> String {
        if case .array(let examples)? = schema["examples"], let example = examples.randomElement(using: &random)?.string { return example }
        if let format = schema["format"]?.string { return Self.texts[format]?.randomElement(using: &random) ?? "" }
        let lower = schema["minLength"]?.int64.map { Int($0) } ?? 0
        let upper = schema["maxLength"]?.int64.map { Int($0) } ?? lower + 20
        return String(
            String.UnicodeScalarView((0..<Int.random(in: lower...upper, using: &random)).map { _ in
                Self.characters.randomElement(using: &random) ?? "?"
            }))
    }

    private static let fraction = JSONNumber(1.5).map { JSONValue.number($0) } ?? 0
    private static let characters: [Unicode.Scalar] = Array("abcXYZ019 -_/\\\"\u{0}\u{8}\n\t\u{1F}\u{7F}éß€\u{301}漢😀\u{10FFFF}\u{FEFF}".unicodeScalars)

    static let texts: [String: [String]] = [
        "date-time": [
            "2026-11-24T13:05:09Z", "2026-11-24t13:05:09.123456789z", "2024-02-29T23:59:60Z", "1999-01-01T00:59:60+01:00",
            "0000-01-01T00:00:00-23:59", "9999-12-31T23:59:59.9+00:00",
        ],
        "date": ["2026-11-24", "2024-02-29", "0000-01-01", "9999-12-31"],
        "time": ["13:05:09Z", "23:59:60Z", "00:00:00.5+01:00"],
        "duration": ["P1DT12H", "PT0S", "P3W", "P1Y2M3D"],
        "uuid": ["0d7b2f5e-5b0a-5c1f-9a52-7f2c8f4b1f10", "0D7B2F5E-5B0A-5C1F-9A52-7F2C8F4B1F10"],
        "email": ["someone@example.org", "\"some one\"@[127.0.0.1]"],
        "ipv4": ["192.0.2.1", "0.0.0.0"],
        "ipv6": ["2001:db8::1", "::"],
        "uri": ["https://example.org/a?b=c#d", "urn:x:y"],
        "uri-reference": ["../a", "", "?q"],
        "json-pointer": ["", "/a~1b/0"],
        "regex": ["^a+$", ""],
    ]

    private mutating func array(_ schema: JSONValue) -> [JSONValue] {
        let lower = schema["minItems"]?.int64.map { Int($0) } ?? 0
        let upper = schema["maxItems"]?.int64.map { min(Int($0), lower + 6) } ?? lower + 4
        var items: [JSONValue] = []
        for _ in 0..<Int.random(in: lower...upper, using: &random) {
            let item = document(schema["items"] ?? true)
            if schema["uniqueItems"] == true, items.contains(item) { continue }
            items.append(item)
        }
        return items
    }

    private mutating func object(_ schema: JSONValue) -> JSONObject {
        guard case .object(let properties)? = schema["properties"] else { return [:] }
        // Rules that members must satisfy together are met by trying again.
        while true {
            var object: JSONObject = [:]
            for (name, property) in properties.shuffled(using: &random) {
                let isRequired = Self.names(schema["required"]).contains(name)
                if isRequired || Bool.random(using: &random) { object[name] = document(property) }
            }
            while addsUndeclared, random.oneIn(3) {
                object["undeclared \(Int.random(in: 0..<1_000, using: &random)) é"] = [1, "\u{1}", ["a": nil, "b": [true, Self.fraction]]]
            }
            if satisfiesRules(object, schema) { return object }
        }
    }

    private func satisfiesRules(_ object: JSONObject, _ schema: JSONValue) -> Bool {
        if let limit = schema["minProperties"]?.int64, object.count < limit { return false }
        if let limit = schema["maxProperties"]?.int64, object.count > limit { return false }
        guard case .object(let dependencies)? = schema["dependentRequired"] else { return true }
        return dependencies.allSatisfy { name, others in
            object[name] == nil || Self.names(others).allSatisfy { object[$0] != nil }
        }
    }

    private static func names(_ list: JSONValue?) -> [String] {
        guard case .array(let names)? = list else { return [] }
        return names.compactMap(\.string)
    }
}
