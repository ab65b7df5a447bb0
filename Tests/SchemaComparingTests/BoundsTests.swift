import Foundation
import JSONSchema
import Testing

@Suite("A comparison comes to an end, whatever the schemas are")
struct BoundsTests {
    /// On a thread with the smallest stack that a program's threads have.
    private func verdict(_ writer: JSONValue, _ reader: JSONValue) async throws -> Containment {
        let writing = try Schema.compile(writer, origin: "writer")
        let reading = try Schema.compile(reader, origin: "reader", view: .openReader)
        return await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: writing.containment(in: reading)) }
            thread.stackSize = 512 * 1_024
            thread.start()
        }
    }

    private func nested(_ depth: Int, _ leaf: JSONValue) -> JSONValue {
        (0..<depth).reduce(leaf) { inner, _ in
            ["type": "object", "properties": ["a": inner], "required": ["a"], "additionalProperties": false]
        }
    }

    @Test("Objects nested as deeply as anybody would")
    func deep() async throws {
        #expect(try await verdict(nested(12, ["type": "integer"]), nested(12, ["type": "number"])) == .contained)
        #expect(try await verdict(nested(12, ["type": "number"]), nested(12, ["type": "integer"])).witness != nil)
    }

    @Test("Deeper ones are not decided")
    func tooDeep() async throws {
        guard case .unknown = try await verdict(nested(60, ["type": "number"]), nested(60, ["type": "integer"])) else {
            Issue.record("decided")
            return
        }
    }

    @Test("A chain of definitions that is longer than can be followed is not decided")
    func chain() async throws {
        func chain(_ leaf: JSONValue) -> JSONValue {
            var definitions: JSONObject = ["d400": leaf]
            for level in 0..<400 {
                definitions["d\(level)"] = [
                    "type": "object", "properties": ["a": ["$ref": .string("#/$defs/d\(level + 1)")]], "required": ["a"],
                ]
            }
            return ["$ref": "#/$defs/d0", "$defs": .object(definitions)]
        }
        guard case .unknown = try await verdict(chain(["type": "number"]), chain(["type": "integer"])) else {
            Issue.record("decided")
            return
        }
    }

    @Test("More combinations than can be looked at are not decided")
    func combinations() async throws {
        // One of three for each of thirty members, in two ways that have nothing to do with each other.
        func branches(_ prefix: String) -> JSONValue {
            .array(
                (0..<30).map { index in
                    [
                        "oneOf": .array((0..<3).map { ["properties": ["\(prefix)\(index)": ["const": .number($0)]]] })
                    ]
                })
        }
        let verdict = try await verdict(["type": "object", "allOf": branches("a")], ["not": ["type": "object", "allOf": branches("b")]])
        if case .contained = verdict { Issue.record("\(verdict)") }
    }

    @Test("Texts and arrays as long as nothing can be")
    func lengths() async throws {
        let huge: JSONValue = ["type": "string", "minLength": 9_000_000_000_000]
        if case .contained = try await verdict(huge, ["type": "string", "maxLength": 5]) { Issue.record("a long text was overlooked") }
        #expect(try await verdict(huge, ["type": "string", "minLength": 5]) == .contained)
        let items: JSONValue = ["type": "array", "minItems": 9_000_000_000_000]
        if case .contained = try await verdict(items, ["type": "array", "maxItems": 5]) { Issue.record("a long array was overlooked") }
        #expect(try await verdict(items, ["type": "array", "minItems": 5]) == .contained)
    }

    @Test("The same question has the same answer")
    func repeatable() throws {
        let writer = try JSONValue(text: #"{"type":"object","properties":{"a":{"type":["string","integer"]},"b":{"enum":[1,2,3]}}}"#)
        let reader = try JSONValue(text: #"{"type":"object","properties":{"a":{"type":"string"},"b":{"enum":[1,2]}}}"#)
        let first = try containment(of: writer, in: reader)
        for _ in 0..<20 { #expect(try containment(of: writer, in: reader) == first) }
    }
}
