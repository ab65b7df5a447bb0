import JSONSchema

/// What a schema demands, in words.
enum SchemaPhrases {
    /// `string`, `string or null`, `one of 3`; `anything` where nothing is said.
    static func type(of schema: JSONValue) -> String {
        switch schema["type"] {
        case .string(let type)?: return type
        case .array(let types)?: return types.compactMap(\.string).joined(separator: " or ")
        default: break
        }
        if schema["const"] != nil || schema["enum"] != nil { return "constant" }
        if schema["properties"] != nil || schema["required"] != nil { return "object" }
        for keyword in ["oneOf", "anyOf"] {
            if case .array(let branches)? = schema[keyword] { return "one of \(branches.count)" }
        }
        return "anything"
    }

    static func constraints(of schema: JSONValue) -> [String] {
        guard case .object(let members) = schema else { return [] }
        var phrases = [
            range(schema, "minLength", "maxLength", of: "characters"), values(schema), range(schema, "minItems", "maxItems", of: "items"),
            range(schema, "minProperties", "maxProperties", of: "members"),
        ].compactMap { $0 }
        for (keyword, value) in members where !worded.contains(keyword) { phrases.append(phrase(keyword, value)) }
        return phrases
    }

    /// Keywords that stand elsewhere: in the type, the fields below, a range, or the text around.
    private static let worded: Set<String> = [
        "$anchor", "$comment", "$defs", "$id", "$schema", "additionalProperties", "allOf", "anyOf", "description", "examples", "items",
        "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "oneOf", "properties",
        "required", "title", "type", "unevaluatedProperties",
    ]

    private static func phrase(_ keyword: String, _ value: JSONValue) -> String {
        switch (keyword, value) {
        case ("enum", .array(let values)): "one of " + values.map(\.description).joined(separator: ", ")
        case ("const", _): "always \(value)"
        case ("format", .string(let format)): "a \(format)"
        case ("pattern", .string(let pattern)): "matches \(pattern)"
        case ("exclusiveMinimum", _): "more than \(value)"
        case ("exclusiveMaximum", _): "less than \(value)"
        case ("multipleOf", _): "a multiple of \(value)"
        case ("uniqueItems", .bool(true)): "no item twice"
        case ("default", _): "\(value) if absent"
        case ("deprecated", .bool(true)): "deprecated"
        default: "\(keyword): \(value)"
        }
    }

    private static func values(_ schema: JSONValue) -> String? {
        switch (schema["minimum"], schema["maximum"]) {
        case (let low?, let high?): "\(low) to \(high)"
        case (let low?, nil): "at least \(low)"
        case (nil, let high?): "at most \(high)"
        case (nil, nil): nil
        }
    }

    private static func range(_ schema: JSONValue, _ minimum: String, _ maximum: String, of what: String) -> String? {
        switch (schema[minimum], schema[maximum]) {
        case (let low?, let high?) where low == high: "\(low) \(what)"
        case (let low?, let high?): "\(low) to \(high) \(what)"
        case (let low?, nil): "at least \(low) \(what)"
        case (nil, let high?): "at most \(high) \(what)"
        case (nil, nil): nil
        }
    }
}
