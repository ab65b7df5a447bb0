import JSONSchema
import Testing

@testable import EventCatalog

@Suite("The fields that a schema declares")
struct FieldReaderTests {
    private func fields(_ schema: String) throws -> [CatalogField] {
        FieldReader.fields(of: try JSONParser.parse(Array(schema.utf8))) { _ in "1.0" }
    }

    @Test("Members, elements and free names have paths; what they demand is said in words")
    func paths() throws {
        let fields = try fields(
            #"""
            {"type": "object", "required": ["id", "lines"], "properties": {
              "id": {"type": "string", "description": "The id.", "minLength": 1, "maxLength": 36},
              "lines": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["sku"], "properties": {
                "sku": {"type": "string", "pattern": "^cd-"}, "quantity": {"type": "integer", "minimum": 1}}}},
              "tags": {"type": "array", "uniqueItems": true, "items": {"type": "string", "maxLength": 20}},
              "notes": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
              "status": {"enum": ["open", "closed"]}}}
            """#)
        #expect(
            fields.map { "\($0.path) \($0.isRequired ? "required " : "")\($0.type): \($0.constraints.joined(separator: "; "))" } == [
                "id required string: 1 to 36 characters",
                "lines required array of object: at least 1 items",
                "lines[].sku required string: matches ^cd-",
                "lines[].quantity integer: at least 1",
                "tags array of string: no item twice",
                "tags[] string: at most 20 characters",
                "notes object: ",
                "notes{} string or null: ",
                #"status constant: one of "open", "closed""#,
            ])
        #expect(fields[0].description == "The id.")
        #expect(fields[2].anchor == "lines.sku")
    }

    @Test("A schema that contains itself ends where it does")
    func recursion() throws {
        let fields = try fields(
            ##"""
            {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "properties": {
              "name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}},
             "properties": {"tree": {"$ref": "#/$defs/tree"}}}
            """##)
        #expect(fields.map(\.path) == ["tree", "tree.name", "tree.children"])
    }

    @Test("No keyword is passed over in silence")
    func otherKeywords() throws {
        let fields = try fields(#"{"properties": {"n": {"type": "number", "not": {"const": 0}, "multipleOf": 0.5, "exclusiveMaximum": 9}}}"#)
        #expect(fields[0].constraints == [#"not: {"const":0}"#, "a multiple of 0.5", "less than 9"])
    }
}
