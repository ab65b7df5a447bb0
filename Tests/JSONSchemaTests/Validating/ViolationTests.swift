import JSONSchema
import Testing

@Suite("Violations say where, what was expected and what was found")
struct ViolationTests {
    /// Each as `instance | schema | keyword | message`.
    private func violations(_ schema: JSONValue, _ value: JSONValue, view: SchemaView = .closedWriter) throws -> [String] {
        try Schema.compile(schema, origin: "test", view: view).validate(value).map {
            "\($0.instance) | \($0.schema) | \($0.keyword) | \($0.message)"
        }
    }

    @Test(
        "In words, for each keyword",
        arguments: [
            (["type": "string"], 1, " | /type | type | expected string, found 1"),
            (["type": ["null", "integer"]], 1.5, " | /type | type | expected null or integer, found 1.5"),
            (["type": "number"], "1", #" | /type | type | expected number, found "1""#),
            (["const": "a"], "b", #" | /const | const | expected "a", found "b""#),
            (["enum": ["a", "b"]], [1], #" | /enum | enum | expected one of "a", "b", found an array of 1 item"#),
            (["enum": [1, nil]], true, " | /enum | enum | expected one of 1, null, found true"),
            (["minimum": 1], 0, " | /minimum | minimum | expected at least 1, found 0"),
            (["maximum": 1], 2, " | /maximum | maximum | expected at most 1, found 2"),
            (["exclusiveMinimum": 1], 1, " | /exclusiveMinimum | exclusiveMinimum | expected more than 1, found 1"),
            (["exclusiveMaximum": 1], 1, " | /exclusiveMaximum | exclusiveMaximum | expected less than 1, found 1"),
            (["multipleOf": 0.01], 1.005, " | /multipleOf | multipleOf | expected a multiple of 0.01, found 1.005"),
            (["minLength": 2], "é", " | /minLength | minLength | expected at least 2 characters, found 1"),
            (["maxLength": 1], "ab", " | /maxLength | maxLength | expected at most 1 character, found 2"),
            (["pattern": "^a"], "b", #" | /pattern | pattern | expected text that matches "^a", found "b""#),
            (["format": "date"], "2026-02-30",
                #" | /format | format | expected a date as in RFC 3339, such as 2026-03-01, found "2026-02-30""#),
            (["minItems": 1], [], " | /minItems | minItems | expected at least 1 item, found 0"),
            (["maxItems": 1], [1, 2], " | /maxItems | maxItems | expected at most 1 item, found 2"),
            (["uniqueItems": true], [1, "a", 1.0],
                " | /uniqueItems | uniqueItems | expected no item twice, found 1 as items 0 and 2, counted from 0"),
            (["contains": ["const": 1]], [2],
                #" | /contains | contains | expected at least 1 item as the schema under "contains" describes, found 0"#),
            (["minProperties": 1], [:], " | /minProperties | minProperties | expected at least 1 member, found 0"),
            (["maxProperties": 0], ["a": 1], " | /maxProperties | maxProperties | expected at most 0 members, found 1"),
            (["required": ["a"]], [:], #" | /required | required | the member "a" is missing"#),
            (["properties": ["a": true], "required": ["a"]], [:], #" | /required | required | the member "a" is missing"#),
            (["additionalProperties": false], ["a": 1],
                #"/a | /additionalProperties | additionalProperties | the member "a" is not declared"#),
            (["unevaluatedProperties": false], ["a": 1],
                #"/a | /unevaluatedProperties | unevaluatedProperties | the member "a" is not declared"#),
            (["dependentRequired": ["a": ["b"]]], ["a": 1],
                #" | /dependentRequired | dependentRequired | the member "b" is missing, which "a" asks for"#),
            (["propertyNames": ["maxLength": 1]], ["ab": 1],
                "/ab | /propertyNames/maxLength | maxLength | expected at most 1 character, found 2"),
            (["not": ["type": "null"]], nil, #" | /not | not | expected anything but what the schema under "not" describes, found null"#),
            (["properties": ["a": false]], ["a": [:]], "/a | /properties/a | false | expected nothing here, found {}"),
            (["oneOf": [true, true]], 1, " | /oneOf | oneOf | expected exactly one of 2 alternatives to hold, found several that do"),
        ] as [(JSONValue, JSONValue, String)])
    func wording(schema: JSONValue, value: JSONValue, expected: String) throws {
        #expect(try violations(schema, value) == [expected])
    }

    @Test("All of them, in the order of the document, each at its own place")
    func all() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "lines": [
                    "type": "array", "minItems": 3,
                    "items": ["type": "object", "properties": ["sku": ["type": "string"], "n/m": ["minimum": 1]], "required": ["sku"]],
                ],
                "total": ["type": "integer"],
            ],
            "required": ["total", "lines", "id"], "additionalProperties": false,
        ]
        let value: JSONValue = ["lines": [["sku": 1, "n/m": 0], ["n/m": 2]], "extra": nil, "total": 1.5]
        #expect(
            try violations(schema, value) == [
                "/lines/0/sku | /properties/lines/items/properties/sku/type | type | expected string, found 1",
                "/lines/0/n~1m | /properties/lines/items/properties/n~1m/minimum | minimum | expected at least 1, found 0",
                #"/lines/1 | /properties/lines/items/required | required | the member "sku" is missing"#,
                "/lines | /properties/lines/minItems | minItems | expected at least 3 items, found 2",
                #"/extra | /additionalProperties | additionalProperties | the member "extra" is not declared"#,
                "/total | /properties/total/type | type | expected integer, found 1.5",
                #" | /required | required | the member "id" is missing"#,
            ])
    }

    @Test("Through a reference, the place in the schema is where the keyword stands")
    func references() throws {
        let schema: JSONValue = ["properties": ["a": ["$ref": "#/$defs/short"]], "$defs": ["short": ["maxLength": 1]]]
        #expect(try violations(schema, ["a": "ab"]) == ["/a | /$defs/short/maxLength | maxLength | expected at most 1 character, found 2"])
    }

    @Test("Where no alternative holds, the first reason of each is told")
    func alternatives() throws {
        let schema: JSONValue = ["anyOf": [["type": "string"], ["required": ["a"]], ["properties": ["b": ["maximum": 1]],
            "required": ["b"]]]]
        #expect(
            try violations(schema, ["b": 2]) == [
                " | /anyOf | anyOf | expected at least one of 3 alternatives to hold"
                    + "; not 1, because the document: expected string, found an object with 1 member"
                    + #"; not 2, because the document: the member "a" is missing"#
                    + "; not 3, because /b: expected at most 1, found 2"
            ])
    }

    @Test("Long values are told by their beginning or their size")
    func excerpts() throws {
        let long = String(repeating: "é", count: 1_000_000)
        #expect(
            try violations(["type": "integer"], .string(long))
                == [" | /type | type | expected integer, found \"\(String(repeating: "é", count: 60))…\""])
        let digits = String(repeating: "1", count: 500)
        let number = try #require(JSONNumber(text: digits))
        #expect(try violations(["maximum": 1],
            .number(number)) == [" | /maximum | maximum | expected at most 1, found \(digits.prefix(40))… (500 digits)"])
        #expect(
            try violations(["enum": .array((1...25).map { .number(JSONNumber($0)) })], 0)
                == [" | /enum | enum | expected one of \((1...20).map(String.init).joined(separator: ", ")) and 5 more, found 0"])
    }

    @Test("There are at most a thousand")
    func limit() throws {
        let schema = try Schema.compile(["items": ["type": "string"]], origin: "test")
        #expect(schema.validate(.array(Array(repeating: 1, count: 5_000))).count == Schema.violationLimit)
    }

    @Test("To an open reader, what isn't declared is no violation; to a closed writer it is")
    func views() throws {
        let schema: JSONValue = [
            "properties": ["a": ["additionalProperties": false], "b": ["unevaluatedProperties": false],
            "c": ["additionalProperties": ["type": "null"]]]
        ]
        let value: JSONValue = ["a": ["x": 1], "b": ["x": 1], "c": ["x": 1]]
        #expect(
            try violations(schema, value) == [
                #"/a/x | /properties/a/additionalProperties | additionalProperties | the member "x" is not declared"#,
                #"/b/x | /properties/b/unevaluatedProperties | unevaluatedProperties | the member "x" is not declared"#,
                "/c/x | /properties/c/additionalProperties/type | type | expected null, found 1",
            ])
        #expect(
            try violations(schema, value,
                view: .openReader) == ["/c/x | /properties/c/additionalProperties/type | type | expected null, found 1"])
    }
}

extension JSONValue: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self = JSONNumber(value).map(JSONValue.number) ?? .null }
}
