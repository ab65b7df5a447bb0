import CAllocationCounter
import Foundation
import JSONSchema
import Testing

@Suite("Validating a valid document allocates nothing", .enabled(if: allocation_counter_works(), "nothing counts allocations here"))
struct AllocationTests {
    private func allocations(_ schema: Schema, _ document: JSONDocument) -> Int {
        // The first time, the runtime makes the metadata of what is generic.
        guard schema.isValid(document) else { return -1 }
        allocation_counter_start()
        let isValid = schema.isValid(document)
        let count = allocation_counter_stop()
        return isValid ? count : -1
    }

    @Test("The counter counts")
    func counter() {
        allocation_counter_start()
        let array = Array(repeating: 1, count: Int.random(in: 100...200))
        #expect(allocation_counter_stop() >= 1)
        #expect(array.count >= 100)
    }

    @Test("The events of the shop", arguments: ["cart/checked-out", "order/placed", "payment/authorized"])
    func events(of type: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "schemas/\(type)")
        let text = try Data(contentsOf: folder.appending(path: "1.0.json"))
        let schema = try Schema.compile(try JSONParser.parse(Array(text)), origin: type)
        guard case .array(let examples) = try JSONParser.parse(Array(Data(contentsOf: folder.appending(path: "1.0.examples.json")))) else {
            Issue.record("the examples are no array")
            return
        }
        try #require(!examples.isEmpty)
        for example in examples { #expect(allocations(schema, JSONDocument(example)) == 0) }
    }

    @Test("Every keyword")
    func keywords() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "number": ["minimum": 0, "maximum": 1_000, "exclusiveMinimum": -1, "exclusiveMaximum": 2_000, "multipleOf": 5],
                "text": ["minLength": 1, "maxLength": 9, "pattern": "^[a-zé]+$"],
                "when": ["format": "date-time"], "day": ["format": "date"], "span": ["format": "duration"], "id": ["format": "uuid"],
                "mail": ["format": "email"], "four": ["format": "ipv4"], "six": ["format": "ipv6"], "at": ["format": "uri"],
                "list": [
                    "minItems": 1, "maxItems": 100, "uniqueItems": true, "prefixItems": [["type": "integer"], true],
                    "items": ["type": ["integer", "string"]], "contains": ["const": 3], "minContains": 1, "maxContains": 1,
                ],
                "loose": ["prefixItems": [true], "unevaluatedItems": ["type": "null"]],
                "choice": ["enum": ["a", "b"]], "mixed": ["enum": [1, ["a": [1, 2]], nil]],
                "map": [
                    "minProperties": 1, "maxProperties": 9, "propertyNames": ["maxLength": 3],
                    "patternProperties": ["^a": ["type": "integer"]],
                    "additionalProperties": ["type": "string"], "dependentRequired": ["a": ["b"]],
                    "dependentSchemas": ["b": ["required": ["a"]]],
                ],
                "either": ["anyOf": [["type": "null"], ["$ref": "#/$defs/tree"]]],
                "one": ["oneOf": [["type": "string"], ["type": "integer", "not": ["const": 1]]]],
                "condition": ["if": ["type": "string"], "then": ["minLength": 2], "else": ["allOf": [["type": "integer"]]]],
                "dynamic": ["$dynamicRef": "#tree"],
            ],
            "required": ["number"], "unevaluatedProperties": false,
            "$defs": [
                "tree": [
                    "$dynamicAnchor": "tree", "type": "object", "properties": ["name": ["type": "string"],
                    "leaves": ["items": ["$ref": "#/$defs/tree"]]],
                    "additionalProperties": false,
                ]
            ],
        ]
        let tree: JSONValue = ["name": "a", "leaves": [["name": "b"], ["leaves": [["leaves": []]]]]]
        let value: JSONValue = [
            "number": 15, "text": "schén", "when": "2026-03-01T12:00:00.5+01:00",
            "day": "2026-03-01", "span": "P1DT2H", "id": "123e4567-e89b-12d3-a456-426614174000", "mail": "a.b@example.org",
            "four": "192.0.2.1",
            "six": "2001:db8::1", "at": "https://example.org/a?b=c", "list": [1, "x", 3], "loose": [1, nil, nil], "choice": "b",
            "mixed": ["a": [1, 2]], "map": ["a": 1, "b": "x"], "either": tree, "one": 2, "condition": "ab", "dynamic": tree,
        ]
        let compiled = try Schema.compile(schema, origin: "test")
        #expect(compiled.validate(value) == [])
        #expect(allocations(compiled, JSONDocument(value)) == 0)
    }

    @Test("As many items or members as there may be, but for the table of uniqueItems: one more allocation")
    func many() throws {
        let items = JSONValue.array((0..<10_000).map { .number(JSONNumber($0)) })
        let object = JSONValue.object((0..<1_000).reduce(into: JSONObject()) { $0["name-\($1)"] = .number(JSONNumber($1)) })
        #expect(allocations(try Schema.compile(["items": ["type": "integer"]], origin: "test"), JSONDocument(items)) == 0)
        #expect(allocations(try Schema.compile(["additionalProperties": ["minimum": 0]], origin: "test"), JSONDocument(object)) == 0)
        #expect(allocations(try Schema.compile(["uniqueItems": true], origin: "test"), JSONDocument(items)) == 1)
    }
}
