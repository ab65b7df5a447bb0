import JSONSchema
import Testing

/// What docs/json-schema.md shows.
@Suite("As the documentation uses it")
struct DocumentedUseTests {
    @Test("A schema is compiled once and asked of documents in two ways")
    func compileAndValidate() throws {
        let text = Array(#"{"type": "object", "required": ["id"]}"#.utf8)
        let bytes = Array("{}".utf8)
        let schema = try Schema.compile(JSONParser.parse(text), origin: "order.json", view: .openReader)
        let document = try JSONDocument(parsing: bytes)
        #expect(!schema.isValid(document))
        #expect(schema.validate(document).map(\.keyword) == ["required"])
    }
}
