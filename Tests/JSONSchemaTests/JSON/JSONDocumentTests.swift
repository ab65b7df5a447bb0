import JSONSchema
import Testing

@Suite("Flat documents")
struct JSONDocumentTests {
    @Test(
        "A document is the same value as its text",
        arguments: [
            "null", "true", "[]", "{}", #""""#, #""\u00e9\n""#, "-12", "1.5", "1e30", "1e999999", "123456789012345678901234567890.123",
            #"{"a":[1,[2,[3,{"b":[]}]],"x"],"\u0063":{"d":"\ud83d\ude80","e":[{},{"f":null}]},"g":-0.001}"#,
        ])
    func values(text: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(document.value == value)
        #expect(JSONDocument(value).value == value)
        #expect(document.value.description == value.description)
    }

    @Test("A schema says the same of a document as of the value")
    func validation() throws {
        let schema = try Schema.compile(
            ["type": "object", "properties": ["a": ["maximum": 2], "b": ["const": "é"]], "required": ["c"]], origin: "test")
        for text in [#"{"a":1,"b":"\u00e9","c":null}"#, #"{"a":3,"b":"e","d":null}"#, "[]"] {
            let document = try JSONDocument(parsing: Array(text.utf8))
            #expect(schema.validate(document) == schema.validate(document.value))
            #expect(schema.isValid(document) == schema.validate(document).isEmpty)
        }
    }
}
