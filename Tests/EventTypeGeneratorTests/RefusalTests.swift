@testable import EventTypeGenerator
import Testing

@Suite("What has no Swift type is refused with file, line and place")
struct RefusalTests {
    private let state = Fixture.object(#""count": {"type": "integer"}"#)

    private func message(_ schema: String, _ yaml: String = Fixture.yaml) throws -> String {
        let fixture = try Fixture(["test/event@1.0": schema, "test/state@1.0": state])
        do {
            _ = try fixture.source(yaml)
            return "no refusal"
        } catch let refusal as Fixture.Refusal {
            return refusal.message
        }
    }

    /// A property in a schema whose properties begin on line 5, and how it is refused.
    struct Case: Sendable, CustomTestStringConvertible {
        let property: String
        let place: String
        let reason: String
        var testDescription: String { place }
    }

    @Test(
        "Properties",
        arguments: [
            Case(
                property: #""x": {"type": "number"}"#,
                place: "5: error: #/properties/x/type", reason: "\"number\" has no Swift type"),
            Case(
                property: #""x": {"type": ["string", "null"]}"#,
                place: "5: error: #/properties/x/type", reason: "has no Swift type"),
            Case(property: #""x": {"description": "?"}"#, place: "5: error: #/properties/x", reason: "needs a type"),
            Case(property: "\"x\":\ntrue", place: "6: error: #/properties/x", reason: "a schema is an object here"),
            Case(
                property: "\"x\": {\n\"type\": \"integer\",\n\"const\": 1}",
                place: "7: error: #/properties/x/const", reason: "the keyword const"),
            Case(
                property: #""x": {"type": "object", "oneOf": []}"#,
                place: "5: error: #/properties/x/oneOf", reason: "the keyword oneOf"),
            Case(
                property: #""x": {"oneOf": []}"#, place: "5: error: #/properties/x/oneOf", reason: "oneOf needs alternatives"),
            Case(
                property: #""x": {"oneOf": [{"type": "object", "properties": {}, "additionalProperties": false}]}"#,
                place: "5: error: #/properties/x/oneOf", reason: "a member that tells them apart"),
            Case(
                property: #""x": {"type": "string", "const": "a", "minLength": 1}"#,
                place: "5: error: #/properties/x/minLength", reason: "can't be combined with const"),
            Case(
                property: #""x": {"type": "string", "format": "date", "maxLength": 10}"#,
                place: "5: error: #/properties/x/maxLength", reason: "can't be combined with a date"),
            Case(
                property: #""x": {"type": "string", "format": "postcode"}"#,
                place: "5: error: #/properties/x/format", reason: "\"postcode\" is none of"),
            Case(
                property: #""x": {"type": "integer", "minimum": 1.5}"#,
                place: "5: error: #/properties/x/minimum", reason: "1.5 can't be the limit of a Swift Int"),
            Case(
                property: #""x": {"type": "integer", "exclusiveMaximum": 3, "minimum": 3}"#,
                place: "5: error: #/properties/x", reason: "nothing is both at least 3 and at most 2"),
            Case(
                property: #""x": {"type": "integer", "multipleOf": 0.5}"#,
                place: "5: error: #/properties/x/multipleOf", reason: "0.5 can't be the step of a Swift Int"),
            Case(
                property: #""x": {"type": "object", "properties": {}, "additionalProperties": false, "dependentRequired": {"a": []}}"#,
                place: "5: error: #/properties/x/dependentRequired/a", reason: "must be among the properties"),
            Case(
                property: #""x": {"type": "integer", "enum": [1]}"#,
                place: "5: error: #/properties/x/enum", reason: "the keyword enum"),
            Case(
                property: #""x": {"type": "string", "minimum": 1}"#,
                place: "5: error: #/properties/x/minimum", reason: "the keyword minimum"),
            Case(
                property: #""x": {"type": "string", "$id": "y"}"#,
                place: "5: error: #/properties/x/$id", reason: "the keyword $id"),
            Case(
                property: #""x": {"type": "object"}"#,
                place: "5: error: #/properties/x", reason: "only an object with properties"),
            Case(
                property: #""x": {"type": "object", "properties": {}}"#, place: "5: error: #/properties/x",
                reason: "needs \"additionalProperties\": false"),
            Case(
                property: #""x": {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}}"#,
                place: "5: error: #/properties/x", reason: "needs \"additionalProperties\": false"),
            Case(
                property: #""x": {"type": "object", "properties": {}, "required": ["y"], "additionalProperties": false}"#,
                place: "5: error: #/properties/x/required/0", reason: "must be among the properties"),
            Case(property: #""x": {"type": "array"}"#, place: "5: error: #/properties/x", reason: "an array needs items"),
            Case(
                property: #""x": {"type": "array", "prefixItems": []}"#,
                place: "5: error: #/properties/x/prefixItems", reason: "the keyword"),
            Case(
                property: #""x": {"type": "array", "items": {"type": "null"}}"#, place: "5: error: #/properties/x/items/type",
                reason: "\"null\" has no Swift type"),
            Case(
                property: #""x": {"type": "string", "enum": []}"#,
                place: "5: error: #/properties/x/enum", reason: "enum needs values"),
            Case(
                property: #""x": {"type": "string", "enum": ["a", 1]}"#,
                place: "5: error: #/properties/x/enum/1", reason: "only strings"),
            Case(
                property: #""x": {"type": "string", "enum": ["a-b", "aB"]}"#, place: "5: error: #/properties/x/enum/1",
                reason: "would both become the case aB"),
            Case(
                property: #""type": {"type": "string", "enum": ["a"]}"#, place: "5: error: #/properties/type",
                reason: "\"type\" can't be the name of a Swift type; give the schema another title"),
            Case(
                property: #""größe": {"type": "string"}"#,
                place: "5: error: #/properties/größe", reason: "can't be the name of a Swift property"),
            Case(
                property: "\"a-b\": {\"type\": \"string\"},\n\"aB\": {\"type\": \"string\"}", place: "6: error: #/properties/aB",
                reason: "would both become the property aB"),
            Case(
                property: """
                    "a": {"type": "string", "title": "T", "enum": ["x"]},
                    "b": {"type": "string", "title": "T", "enum": ["y"]}
                    """,
                place: "6: error: #/properties/b", reason: "would both bring a type T"),
        ])
    func properties(of refused: Case) throws {
        let message = try message(Fixture.object(refused.property))
        #expect(message.hasPrefix("test/event/1.0.json:\(refused.place): "), "\(message)")
        #expect(message.contains(refused.reason), "\(message)")
    }

    @Test("Whole schemas")
    func documents() throws {
        #expect(try message(#"{"type": "string"}"#) == "test/event/1.0.json:1: error: only an object with properties can become a struct")
        #expect(try message("{").hasPrefix("test/event/1.0.json:2: error: not JSON"))
        #expect(
            try message("{\"$defs\": {},\n" + Fixture.object(#""x": {"type": "string"}"#).dropFirst())
                .hasPrefix("test/event/1.0.json:2: error: #/$defs: the keyword $defs"))
    }

    @Test("A manifest that names a schema which isn't there is told at the line that names it")
    func missingSchema() throws {
        let yaml = Fixture.yaml.replacing("[test/event@1.0]", with: "[test/event@1.0, test/event@2.0]")
        #expect(
            try message(state, yaml)
                == "service.yaml:5: error: there is no schema for test/event@2.0: test/event/2.0.json doesn't exist")
    }

    @Test("A malformed manifest is told with its line")
    func manifest() throws {
        #expect(try message(state, Fixture.yaml + "\ntimer: []").hasPrefix("service.yaml:8: error: unknown member timer"))
    }

    @Test("Two timers can't be one case")
    func timers() throws {
        #expect(
            try message(state, Fixture.yaml + "\ntimers: [a-1, a1]")
                == "service.yaml:1: error: the timer a1 can't become a case of its own; rename it")
    }
}
