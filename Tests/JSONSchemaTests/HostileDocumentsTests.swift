import Foundation
import JSONSchema
import Testing

/// What a document may do to whoever validates it: nothing but take time in proportion to its size. Each of these would take hours,
/// gigabytes or the whole stack if something were quadratic, exponential, or as deep as the document; so they need no clock.
@Suite("Hostile documents", .timeLimit(.minutes(20)))
struct HostileDocumentsTests {
    private func parse(_ text: String) throws(JSONParseError) -> JSONDocument { try JSONDocument(parsing: Array(text.utf8)) }

    /// Runs on a thread with as small a stack as any of a program's has; where the optimizer is off, frames are four times as large.
    private func onSmallStack<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result(catching: body)) }
            thread.stackSize = Self.stackSize
            thread.start()
        }
    }

    #if DEBUG
        private static let stackSize = 2_048 * 1_024
    #else
        private static let stackSize = 512 * 1_024
    #endif

    @Test("Nesting without end is refused by depth, not found out by the stack", arguments: ["[", "{\"a\":", "[{\"a\":["])
    func nesting(opening: String) async throws {
        let text = String(repeating: opening, count: 1_000_000)
        let message = try await onSmallStack {
            do throws(JSONParseError) {
                _ = try JSONDocument(parsing: Array(text.utf8))
                return ""
            } catch {
                return error.message
            }
        }
        #expect(message == "nested deeper than 128 levels")
    }

    @Test("The deepest document there may be is read, validated, explained and written on a small stack")
    func deepest() async throws {
        // Two schemas at each level, as many as are allowed.
        let schema = try Schema.compile(
            [
                "$ref": "#/$defs/tree",
                "$defs": ["tree": ["anyOf": [["type": "null"], ["type": "array", "items": ["$ref": "#/$defs/tree"], "uniqueItems": true]]]],
            ], origin: "test")
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        let wrong = String(repeating: "[", count: 127) + "[1]" + String(repeating: "]", count: 127)
        let (violations, wrongViolations, written) = try await onSmallStack {
            let document = try JSONDocument(parsing: Array(text.utf8))
            let value = document.value
            return (
                schema.validate(document), schema.validate(try JSONDocument(parsing: Array(wrong.utf8))).map(\.keyword),
                String(decoding: value.canonicalBytes(), as: UTF8.self) + (value == JSONDocument(value).value ? "" : " is another value")
            )
        }
        #expect(violations == [])
        #expect(wrongViolations == ["anyOf"])
        #expect(written == text)
    }

    @Test("A schema that refers to itself without going deeper into the document ends in a violation")
    func circles() async throws {
        for schema: JSONValue in [
            ["$ref": "#"], ["allOf": [["$ref": "#"]]], ["anyOf": [["$ref": "#"], ["$ref": "#"]]], ["not": ["$ref": "#"]],
            ["$dynamicRef": "#a", "$dynamicAnchor": "a"], ["if": ["$ref": "#"]], ["items": ["$ref": "#"], "oneOf": [["$ref": "#"],
            ["$ref": "#"]]],
        ] {
            let compiled = try Schema.compile(schema, origin: "test")
            let violations = try await onSmallStack { compiled.validate(["a": [1]]) }
            #expect(violations.map(\.message) == ["the document and its schema are nested too deeply to be checked"], "\(schema)")
        }
    }

    @Test("Alternatives that multiply with each level end in a violation")
    func multiplying() throws {
        // Each level is looked at twice for each time the level above is.
        let schema = try Schema.compile(
            ["type": ["array", "integer"], "allOf": [["items": ["$ref": "#"]], ["items": ["$ref": "#"]]]], origin: "test")
        let document = try parse(String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60))
        #expect(schema.validate(document).map(\.message) == ["the document takes too much work to be checked"])
    }

    @Test("Numbers of any size are compared and divided without being multiplied out")
    func hugeNumbers() throws {
        let schema = try Schema.compile(
            ["items": ["minimum": 0, "exclusiveMaximum": JSONParser.parse(Array("1e400".utf8)), "multipleOf": 3]], origin: "test")
        let numbers = ["1e999999999", "-1e999999999", "3e399", "1e-999999999", "3" + String(repeating: "0", count: 999), "0e999999999"]
        let document = try parse("[" + numbers.joined(separator: ",") + "]")
        #expect(
            schema.validate(document).map { "\($0.instance) \($0.keyword)" }
                == ["/0 multipleOf", "/0 exclusiveMaximum", "/1 multipleOf", "/1 minimum", "/3 multipleOf", "/4 exclusiveMaximum"])
        #expect(throws: JSONParseError.self) { try parse("1e9999999999") }
        #expect(throws: JSONParseError.self) { try parse(String(repeating: "1", count: 1_000_000)) }
        #expect(throws: JSONParseError.self) { try parse("0." + String(repeating: "0", count: 1_000_000)) }
    }

    @Test("Texts of ten megabytes are measured, matched and excerpted")
    func longTexts() throws {
        let schema = try Schema.compile(
            [
                "maxLength": 5, "minLength": 20_000_000, "pattern": "^(a|aa|é)+$", "format": "email", "enum": ["a", "b"],
                "not": ["type": "string"],
            ], origin: "test")
        let violations = schema.validate(try parse("\"" + String(repeating: "aé", count: 3_500_000) + "!\""))
        #expect(Set(violations.map(\.keyword)) == ["maxLength", "minLength", "pattern", "format", "enum", "not"])
        for violation in violations { #expect(violation.message.utf8.count < 300) }
    }

    @Test("Escapes by the million are read in one pass")
    func escapes() throws {
        let text = String(repeating: "\\ud83d\\ude80\\n", count: 300_000)
        let document = try parse("[\"\(text)\",\"\(text)\"]")
        #expect(document.value == [.string(String(repeating: "🚀\n", count: 300_000)), .string(String(repeating: "🚀\n", count: 300_000))])
    }

    @Test("Objects with a hundred thousand members are read, compared and told apart")
    func manyMembers() throws {
        let names = (0..<100_000).map { "\"name-\($0)\":\($0)" }
        let object = "{" + names.joined(separator: ",") + "}"
        let backwards = "{" + names.reversed().joined(separator: ",") + "}"
        #expect(throws: JSONParseError.self) { try parse("{" + names.joined(separator: ",") + ",\"name-7\":0}") }
        let unique = try Schema.compile(["uniqueItems": true], origin: "test")
        #expect(unique.validate(try parse("[\(object),1,\(backwards)]")).map(\.keyword) == ["uniqueItems"])
        let closed = try Schema.compile(["additionalProperties": false, "unevaluatedProperties": false], origin: "test")
        #expect(closed.validate(try parse(object)).count == Schema.violationLimit)
    }

    @Test("Arrays with a hundred thousand items are searched for repetitions by hash")
    func manyItems() throws {
        let schema = try Schema.compile(["uniqueItems": true, "contains": ["const": 99_999], "unevaluatedItems": ["type": "array"]],
            origin: "test")
        let items = (0..<100_000).map { "[\($0),\"\($0)\"]" }
        #expect(schema.validate(try parse("[" + items.joined(separator: ",") + ",99999]")) == [])
        let repeated = schema.validate(try parse("[" + items.joined(separator: ",") + ",99999,[5.0,\"5\"]]"))
        #expect(repeated.map(\.keyword) == ["uniqueItems"])
    }

    @Test(
        "Patterns that make others backtrack for ages are matched in one pass",
        arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "^(a?){50}a{50}$", "^([a-z]+)*[0-9]$", "(x+x+)+y", "^(.*)*x$"])
    func catastrophicPatterns(pattern: String) throws {
        let schema = try Schema.compile(["pattern": .string(pattern)], origin: "test")
        #expect(!schema.isValid(.string(String(repeating: "a", count: 200_000) + "!")))
    }

    @Test("Where even one pass would take too much, the match is given up, and the document refused")
    func hopelessPatterns() throws {
        let schema = try Schema.compile(["pattern": "^[ab]*a[ab]{9000}$"], origin: "test")
        let text = String(repeating: "ab", count: 100_000)
        #expect(schema.validate(.string(text)).map(\.message) == ["a string takes too much work to be matched with a pattern"])
    }
}
