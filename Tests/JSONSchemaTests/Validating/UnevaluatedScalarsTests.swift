import JSONSchema
import Testing

@Suite("Schemas that ask what is evaluated have nothing to ask of a scalar")
struct UnevaluatedScalarsTests {
    /// Each leads through another of the places that put together what several schemas have evaluated.
    private static let schemas: [JSONValue] = [
        ["unevaluatedProperties": false, "anyOf": [["minimum": -5], true]],
        ["unevaluatedItems": false, "oneOf": [["type": ["number", "string", "null", "boolean"]], false]],
        ["unevaluatedProperties": false, "if": true, "then": ["unevaluatedProperties": false]],
        ["unevaluatedProperties": false, "allOf": [["unevaluatedProperties": false, "properties": ["a": true]]]],
    ]
    private static let scalars: [JSONValue] = [
        -1, 0, .number(JSONNumber(Int64.max)), "text", "", nil, true, .number(JSONNumber(text: "-1.5") ?? JSONNumber(0)),
    ]

    @Test("Negative numbers, large ones, texts and all others are valid", arguments: schemas)
    func scalars(schema: JSONValue) throws {
        let compiled = try Schema.compile(schema, origin: "test")
        for scalar in Self.scalars { #expect(compiled.validate(scalar) == [], "\(scalar)") }
    }
}
