import JSONSchema
import Testing

@Suite("Schemas that can't be used are refused, with file and pointer")
struct SchemaCompileErrorTests {
    private func refusal(_ schema: JSONValue, options: SchemaOptions = .house, resolver: SchemaResolver = .none) -> String? {
        do throws(SchemaCompileError) {
            _ = try Schema.compile(schema, origin: "order.json", options: options, resolver: resolver)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "At the keyword that is wrong",
        arguments: [
            (1, "order.json#: a schema is an object, true or false"),
            (["properties": ["a": 1]], "order.json#/properties/a: a schema is an object, true or false"),
            (["properties": ["a": ["maxLenght": 1]]], #"order.json#/properties/a/maxLenght: the keyword "maxLenght" is not supported"#),
            (["type": "text"], #"order.json#/type: "text" is no type of JSON"#),
            (["type": []], "order.json#/type: at least one type is expected here"),
            (["minLength": -1], "order.json#/minLength: a count is expected here: a whole number, not below zero"),
            (["maxItems": "1"], "order.json#/maxItems: a count is expected here: a whole number, not below zero"),
            (["minimum": "1"], "order.json#/minimum: a number is expected here"),
            (["multipleOf": 0], "order.json#/multipleOf: a number above zero is expected here, of at most eighteen significant digits"),
            (["required": "a"], "order.json#/required: an array of names is expected here"),
            (["allOf": []], "order.json#/allOf: an array of schemas is expected here, with at least one"),
            (["uniqueItems": 1], "order.json#/uniqueItems: true or false is expected here"),
            (["$ref": "#/$defs/a"], ##"order.json#/$ref: "#/$defs/a" refers to a schema that isn't there"##),
            (["$ref": "#a"], ##"order.json#/$ref: "#a" refers to the anchor "a", which isn't there"##),
            (["$ref": "https://example.org/other.json"],
                #"order.json#/$ref: the schema "https://example.org/other.json" is not at hand: "#
                    + "nothing is fetched, a resolver must know it"),
            (["format": "colour"],
                "order.json#/format: the format \"colour\" is not supported; these are: date-time, date, time, duration, uuid, email, "
                    + "ipv4, ipv6, uri, regex, uri-reference, json-pointer"),
            (["pattern": "(a"], #"order.json#/pattern: the regular expression "(a" is malformed at character 3: the group isn't closed"#),
            (["pattern": "(a)\\1"],
                "order.json#/pattern: the regular expression has a back-reference, which is not supported: "
                    + "patterns are matched without backtracking"),
            (["patternProperties": ["(?=a)": true]],
                "order.json#/patternProperties/(?=a): the regular expression has a lookahead, which is not supported: "
                    + "patterns are matched without backtracking"),
        ] as [(JSONValue, String)])
    func refused(schema: JSONValue, expected: String) {
        #expect(refusal(schema) == expected)
    }

    @Test(
        "Other drafts are refused by name",
        arguments: [
            "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-04/schema",
            "https://json-schema.org/draft/2019-09/schema",
        ])
    func otherDrafts(uri: String) {
        #expect(refusal(["$schema": .string(uri)]) == "order.json#/$schema: \(uri) is not supported: only draft 2020-12 is")
    }

    @Test("By the rules of the specification, keywords and formats that aren't known assert nothing")
    func specification() throws {
        #expect(refusal(["maxLenght": 1, "format": "colour"], options: .specification) == nil)
        let schema = try Schema.compile(["format": "date"], origin: "test", options: .specification)
        #expect(schema.isValid("no date"))
    }

    @Test("A schema that a resolver knows is told by its URI where it is wrong")
    func resolved() {
        let resolver = SchemaResolver.documents(["https://example.org/other.json": ["type": "text"]])
        #expect(
            refusal(["$ref": "https://example.org/other.json"], resolver: resolver)
                == #"https://example.org/other.json#/type: "text" is no type of JSON"#)
    }
}
