import JSONSchema
import Testing

/// A writer's schema and a reader's.
struct SchemaPair: Sendable, CustomTestStringConvertible {
    let what: String
    let writer: String
    let reader: String

    init(_ what: String, _ writer: String, _ reader: String) {
        self.what = what
        self.writer = writer
        self.reader = reader
    }

    var testDescription: String { what }

    func containment() throws -> Containment {
        try SchemaComparingTests.containment(of: JSONValue(text: writer), in: JSONValue(text: reader))
    }
}


@Suite("A reader accepts whatever a writer may write, or a document shows that it doesn't")
struct ContainmentTests {
    static let contained = [
        SchemaPair("nothing is asked", "true", "true"),
        SchemaPair("nothing is written", "false", "false"),
        SchemaPair("the same", #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#),
        SchemaPair("an optional field is added", #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"additionalProperties":false}"#),
        SchemaPair(
            "an optional field is removed",
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#),
        SchemaPair("integers are numbers", #"{"type":"integer"}"#, #"{"type":"number"}"#),
        SchemaPair(
            "bounds are widened",
            #"{"type":"integer","minimum":1,"maximum":5}"#,
            #"{"type":"integer","minimum":0,"exclusiveMaximum":6}"#),
        SchemaPair("an integer above 0 is at least 1", #"{"type":"integer","exclusiveMinimum":0}"#, #"{"type":"integer","minimum":1}"#),
        SchemaPair("multiples of 6 are multiples of 3", #"{"type":"number","multipleOf":6}"#, #"{"type":"integer","multipleOf":3}"#),
        SchemaPair(
            "multiples of 2 and of 3 are multiples of 6",
            #"{"type":"integer","allOf":[{"multipleOf":2},{"multipleOf":3}],"minimum":0,"maximum":1000}"#,
            #"{"multipleOf":6}"#),
        SchemaPair("an enum grows", #"{"enum":["a","b"]}"#, #"{"enum":["a","b","c"]}"#),
        SchemaPair("values of the enum are strings", #"{"enum":["a","bb"]}"#, #"{"type":"string","maxLength":2,"pattern":"^[ab]+$"}"#),
        SchemaPair(
            "a pattern within another",
            #"{"type":"string","pattern":"^[a-c]{2,3}$"}"#,
            #"{"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":3}"#),
        SchemaPair("a UUID has 36 characters", #"{"type":"string","format":"uuid"}"#, #"{"type":"string","minLength":1,"maxLength":36}"#),
        SchemaPair("the same format", #"{"type":"string","format":"email"}"#, #"{"type":"string","format":"email"}"#),
        SchemaPair("longer texts", #"{"type":"string","minLength":2,"maxLength":5}"#, #"{"type":"string","minLength":1,"maxLength":9}"#),
        SchemaPair(
            "items widened",
            #"{"type":"array","items":{"type":"integer","minimum":3}}"#,
            #"{"type":"array","items":{"type":"integer"}}"#),
        SchemaPair("unique items need not be", #"{"type":"array","uniqueItems":true,"maxItems":3}"#, #"{"type":"array","maxItems":4}"#),
        SchemaPair("unique items stay", #"{"type":"array","uniqueItems":true}"#, #"{"type":"array","uniqueItems":true}"#),
        SchemaPair(
            "contains stays",
            #"{"type":"array","contains":{"const":1},"minContains":2,"maxContains":3}"#,
            #"{"type":"array","contains":{"type":"integer","minimum":1,"maximum":1},"minContains":2,"maxContains":3}"#),
        SchemaPair(
            "a tuple",
            #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}"#,
            #"{"type":"array","items":{"type":["string","integer"]}}"#),
        SchemaPair(
            "an alternative is added",
            #"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
            #"{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}"#),
        SchemaPair("anyOf covers the type", #"{"type":["string","null"]}"#, #"{"anyOf":[{"type":"null"},{"type":"string"}]}"#),
        SchemaPair("tagged alternatives",
            #"""
            {"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"integer"}},
            "required":["kind","x"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"b"}},
            "required":["kind"],"additionalProperties":false}]}
            """#,
            #"""
            {"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"integer"}},
            "required":["kind","x"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"b"},
            "y":{"type":"string"}},"required":["kind"],"additionalProperties":false}]}
            """#),
        SchemaPair("recursion",
            ##"""
            {"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"value":{"type":"integer"},
            "children":{"type":"array","items":{"$ref":"#/$defs/tree"}}},"required":["value"],
            "additionalProperties":false}}}
            """##,
            ##"""
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"number"},
            "children":{"type":"array","items":{"$ref":"#/$defs/node"}}},"additionalProperties":false}}}
            """##),
        SchemaPair("a schema that only endless documents satisfy",
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"]}}}"##, "false"),
        SchemaPair("a condition",
            #"""
            {"type":"object","properties":{"a":{"enum":[1,2]},"b":{"type":"string"}},"required":["a"],
            "additionalProperties":false,"if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]}}
            """#,
            #"{"type":"object","anyOf":[{"required":["b"]},{"properties":{"a":{"const":2}}}]}"#),
        SchemaPair("not", #"{"type":"string"}"#, #"{"not":{"type":["number","array"]}}"#),
        SchemaPair("unevaluated members of a composition",
            #"""
            {"type":"object","allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"type":"string"}}}],
            "unevaluatedProperties":false}
            """#,
            #"{"type":"object","additionalProperties":{"type":["integer","string"]}}"#),
        SchemaPair("patterns of names",
            #"{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","patternProperties":{"^x-[a-z]*$":{"type":["string","null"]}},"propertyNames":{"minLength":2}}"#),
        SchemaPair("what is dependently required is required",
            #"{"type":"object","properties":{"a":true,"b":true},"required":["b"]}"#, #"{"dependentRequired":{"a":["b"]}}"#),
        SchemaPair("a closed object has few members",
            #"{"type":"object","properties":{"a":true,"b":true},"additionalProperties":false}"#, #"{"maxProperties":2}"#),
    ]

    @Test("yes", arguments: contained)
    func yes(pair: SchemaPair) throws {
        #expect(try pair.containment() == .contained)
    }

    static let refuted = [
        SchemaPair("anything is no string", "true", #"{"type":"string"}"#),
        SchemaPair("something is written", #"{"type":"string"}"#, "false"),
        SchemaPair("required foo becomes required bar", #"{"type":"object","properties":{"foo":{"type":"string"}},"required":["foo"]}"#,
            #"{"type":"object","properties":{"foo":{"type":"string"}},"required":["bar"]}"#),
        SchemaPair("a required field is added", #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["b"],"additionalProperties":false}"#),
        SchemaPair("a field is no longer required by the writer", #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#),
        SchemaPair("an enum shrinks", #"{"enum":["a","b","c"]}"#, #"{"enum":["a","b"]}"#),
        SchemaPair(
            "a type changes",
            #"{"type":"object","properties":{"n":{"type":"integer"}}}"#,
            #"{"type":"object","properties":{"n":{"type":"string"}}}"#),
        SchemaPair("numbers are no integers", #"{"type":"number"}"#, #"{"type":"integer"}"#),
        SchemaPair("a maximum goes down", #"{"type":"integer","maximum":100}"#, #"{"type":"integer","maximum":99}"#),
        SchemaPair("fractions between", #"{"type":"number","minimum":0,"maximum":1}"#, #"{"enum":[0,1]}"#),
        SchemaPair("multiples", #"{"type":"integer","multipleOf":4}"#, #"{"type":"integer","multipleOf":8}"#),
        SchemaPair("cents", #"{"type":"number","multipleOf":0.01}"#, #"{"type":"number","multipleOf":0.1}"#),
        SchemaPair("a length goes down", #"{"type":"string","maxLength":100}"#, #"{"type":"string","maxLength":50}"#),
        SchemaPair("a pattern is tightened", #"{"type":"string","pattern":"^[a-z0-9]+$"}"#, #"{"type":"string","pattern":"^[a-z]+$"}"#),
        SchemaPair("a pattern anywhere", #"{"type":"string","pattern":"b"}"#, #"{"type":"string","pattern":"^b"}"#),
        SchemaPair("a format is asked for", #"{"type":"string","minLength":3}"#, #"{"type":"string","format":"date"}"#),
        SchemaPair("another format", #"{"type":"string","format":"date-time"}"#, #"{"type":"string","format":"date"}"#),
        SchemaPair("fewer items", #"{"type":"array","items":{"type":"integer"},"maxItems":1000}"#, #"{"type":"array","maxItems":500}"#),
        SchemaPair(
            "items tightened",
            #"{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},"minItems":2}"#,
            #"{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer","minimum":0}}}}"#),
        SchemaPair("unique items asked for", #"{"type":"array","items":{"type":"boolean"},"minItems":1}"#, #"{"uniqueItems":true}"#),
        SchemaPair(
            "unique items with a new limit",
            #"{"type":"array","uniqueItems":true,"items":{"type":"integer"},"minItems":3}"#,
            #"{"maxItems":3}"#),
        SchemaPair("something contained", #"{"type":"array","items":{"type":"integer"}}"#, #"{"contains":{"const":7}}"#),
        SchemaPair(
            "too many contained",
            #"{"type":"array","items":{"enum":[7,8]}}"#,
            #"{"contains":{"const":7},"minContains":0,"maxContains":1}"#),
        SchemaPair(
            "an alternative is removed",
            #"{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}"#,
            #"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#),
        SchemaPair(
            "alternatives overlap",
            #"{"anyOf":[{"type":"integer"},{"type":"number","minimum":5}]}"#,
            #"{"oneOf":[{"type":"integer"},{"type":"number","minimum":5}]}"#),
        SchemaPair("open readers see two alternatives",
            #"""
            {"oneOf":[{"type":"object","properties":{"a":true},"required":["a"],"additionalProperties":false},
            {"type":"object","properties":{"a":true,"b":true},"required":["a","b"],"additionalProperties":false}]}
            """#,
            #"""
            {"oneOf":[{"type":"object","properties":{"a":true},"required":["a"],"additionalProperties":false},
            {"type":"object","properties":{"a":true,"b":true},"required":["a","b"],"additionalProperties":false}]}
            """#),
        SchemaPair("deep within recursion",
            ##"""
            {"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"value":{"type":"integer"},
            "children":{"type":"array","items":{"$ref":"#/$defs/tree"}}},"required":["value"],
            "additionalProperties":false}}}
            """##,
            ##"""
            {"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},
            "$defs":{"node":{"type":"object","properties":{"value":{"type":"integer","minimum":0}}}}}
            """##),
        SchemaPair(
            "a condition",
            #"{"type":"object","properties":{"a":{"enum":[1,2]},"b":{"type":"string"}},"additionalProperties":false}"#,
            #"{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"required":["b"]}}"#),
        SchemaPair("an undeclared member of an open writer", #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#),
        SchemaPair(
            "a pattern of names",
            #"{"type":"object","patternProperties":{"^x-":{"type":["string","null"]}},"additionalProperties":false}"#,
            #"{"type":"object","patternProperties":{"^x-":{"type":"string"}}}"#),
        SchemaPair("names", #"{"type":"object","additionalProperties":{"type":"integer"}}"#, #"{"propertyNames":{"pattern":"^[a-z]+$"}}"#),
        SchemaPair("fewer members", #"{"type":"object","additionalProperties":{"type":"integer"}}"#, #"{"maxProperties":2}"#),
        SchemaPair(
            "more members",
            #"""
            {"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"additionalProperties":false,
            "minProperties":1}
            """#,
            #"{"minProperties":2}"#),
        SchemaPair(
            "a dependency",
            #"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"additionalProperties":false}"#,
            #"{"dependentRequired":{"a":["b"]}}"#),
        SchemaPair(
            "a dependent schema",
            #"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}"#,
            #"{"dependentSchemas":{"a":{"properties":{"b":{"minimum":0}}}}}"#),
        SchemaPair("unevaluated members are of another type",
            #"""
            {"type":"object","allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"type":"string"}}}],
            "unevaluatedProperties":false}
            """#,
            #"{"type":"object","additionalProperties":{"type":"integer"}}"#),
    ]

    @Test("no, with a document that shows it", arguments: refuted)
    func no(pair: SchemaPair) throws {
        let verdict = try pair.containment()
        let witness = try #require(verdict.witness, "\(verdict)")
        #expect(try Schema.compile(JSONValue(text: pair.writer), origin: "writer").isValid(witness))
        #expect(try !Schema.compile(JSONValue(text: pair.reader), origin: "reader", view: .openReader).isValid(witness))
    }
}
