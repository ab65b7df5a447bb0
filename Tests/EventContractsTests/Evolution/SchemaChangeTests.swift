import EventContracts
import JSONSchema
import Testing

@Suite("What changed between two versions is told place by place")
struct SchemaChangeTests {
    private func changes(_ old: JSONValue, _ new: JSONValue) -> [String] {
        SchemaChange.between(old, and: new).map { "\($0.kind) \($0.path): \($0.details.joined(separator: "; "))" }
    }

    @Test("Members that came, went, and changed")
    func members() {
        let old: JSONValue = [
            "type": "object", "required": ["a"],
            "properties": [
                "a": ["type": "string", "maxLength": 5], "gone": ["type": "null"],
                "lines": ["type": "array", "items": ["type": "integer"]],
            ],
        ]
        let new: JSONValue = [
            "type": "object", "required": ["b"],
            "properties": [
                "a": ["type": "string", "maxLength": 9], "b": ["type": "boolean"],
                "lines": ["type": "array", "items": ["type": "number", "minimum": 0]],
            ],
        ]
        #expect(
            changes(old, new) == [
                "changed /a: required → optional; maxLength 5 → 9", "added /b: required; type \"boolean\"",
                "changed /lines/*: type \"integer\" → \"number\"; minimum added: 0", "removed /gone: optional; type \"null\"",
            ])
    }

    @Test("A definition that moved behind a reference is no change")
    func references() {
        let old: JSONValue = ["type": "object", "properties": ["a": ["type": "string"]]]
        let new: JSONValue = ["type": "object", "properties": ["a": ["$ref": "#/$defs/text"]], "$defs": ["text": ["type": "string"]]]
        #expect(changes(old, new) == [])
    }
}
