import JSONSchema
import Testing

@Suite("Differences are told as Confluent's registry tells them")
struct DifferenceTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let codes: [String]
        let isCompatible: Bool

        init(_ old: String, _ new: String, _ codes: [String], _ isCompatible: Bool) {
            self.old = old
            self.new = new
            self.codes = codes
            self.isCompatible = isCompatible
        }

        var testDescription: String { "\(old) → \(new)" }
    }

    static let scalars = [
        Change(#"{"title":"A"}"#, #"{"title":"B"}"#, ["TITLE_CHANGED #/"], true),
        Change(#"{"description":"A"}"#, #"{"description":"B"}"#, ["DESCRIPTION_CHANGED #/"], true),
        Change(#"{"type":"string"}"#, "{}", [], true),
        Change(#"{"type":"string"}"#, #"{"type":"array"}"#, ["TYPE_CHANGED #/"], false),
        Change(
            #"{"type":"string","maxLength":5}"#,
            #"{"type":"string","maxLength":4,"minLength":1}"#,
            ["MAX_LENGTH_DECREASED #/maxLength", "MIN_LENGTH_ADDED #/minLength"],
            false),
        Change(#"{"type":"string","pattern":"a"}"#, #"{"type":"string"}"#, ["PATTERN_REMOVED #/pattern"], true),
        Change(#"{"type":"string","pattern":"a"}"#, #"{"type":"string","pattern":"b"}"#, ["PATTERN_CHANGED #/pattern"], false),
        Change(#"{"type":"string","format":"date"}"#, #"{"type":"string","format":"uuid"}"#, [], true),
        Change(
            #"{"type":"integer","maximum":5}"#,
            #"{"type":"number","maximum":6}"#,
            ["MAXIMUM_INCREASED #/maximum", "TYPE_EXTENDED #/"],
            true),
        Change(
            #"{"type":"number"}"#,
            #"{"type":"integer","exclusiveMinimum":0}"#,
            ["EXCLUSIVE_MINIMUM_ADDED #/exclusiveMinimum", "TYPE_NARROWED #/"],
            false),
        Change(#"{"type":"number","multipleOf":4}"#, #"{"type":"number","multipleOf":2}"#, ["MULTIPLE_OF_REDUCED #/multipleOf"], true),
        Change(#"{"type":"number","multipleOf":2}"#, #"{"type":"number","multipleOf":4}"#, ["MULTIPLE_OF_EXPANDED #/multipleOf"], false),
        Change(#"{"type":"number","multipleOf":2}"#, #"{"type":"number","multipleOf":3}"#, ["MULTIPLE_OF_CHANGED #/multipleOf"], false),
        Change(#"{"enum":["a"]}"#, #"{"enum":["b","a"]}"#, ["ENUM_ARRAY_EXTENDED #/enum"], true),
        Change(#"{"enum":["a","b"]}"#, #"{"enum":["a"]}"#, ["ENUM_ARRAY_NARROWED #/enum"], false),
        Change(#"{"enum":["a","b"]}"#, #"{"enum":["a","c"]}"#, ["ENUM_ARRAY_CHANGED #/enum"], false),
        Change(#"{"not":{"type":"number"}}"#, #"{"not":{"type":"integer"}}"#, ["NOT_TYPE_NARROWED #/not"], true),
        Change(#"{"not":{"type":"integer"}}"#, #"{"not":{"type":"number"}}"#, ["NOT_TYPE_EXTENDED #/not"], false),
        Change(##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}"##, #"{"type":"string"}"#, [], true),
    ]

    static let objects = [
        Change(
            #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
            ["OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"], false),
        Change(
            #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":true}}"#,
            ["PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL #/properties/b"], true),
        Change(#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
            ["OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"], true),
        Change(#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["b"],"additionalProperties":false}"#,
            ["REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"], false),
        Change(#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            #"""
            {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","default":"x"}},
            "required":["b"],"additionalProperties":false}
            """#,
            ["REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/b"], true),
        Change(#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            ["PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/b"], false),
        Change(#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"additionalProperties":false}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"number"}}"#,
            [
                "TYPE_EXTENDED #/properties/b", "PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/properties/b",
                "ADDITIONAL_PROPERTIES_ADDED #/additionalProperties",
            ], true),
        Change(
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["b"]}"#,
            ["REQUIRED_ATTRIBUTE_REMOVED #/required/a"], true),
        Change(
            #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#,
            ["REQUIRED_ATTRIBUTE_ADDED #/required/a"], false),
        Change(#"{"type":"object","additionalProperties":true}"#, #"{"type":"object","additionalProperties":{"type":"number"}}"#,
            ["ADDITIONAL_PROPERTIES_NARROWED #/additionalProperties"], false),
        Change(
            #"{"type":"object","dependentRequired":{"a":["b"]}}"#,
            #"{"type":"object","dependentRequired":{"a":["b","c"]}}"#,
            ["DEPENDENCY_ARRAY_EXTENDED #/dependencies/a"],
            false),
        Change(
            #"{"type":"object","dependentSchemas":{"a":{"type":"object"}}}"#,
            #"{"type":"object"}"#,
            ["DEPENDENCY_SCHEMA_REMOVED #/dependencies/a"],
            true),
        Change(
            #"{"type":"object","minProperties":2}"#,
            #"{"type":"object","minProperties":1,"maxProperties":9}"#,
            ["MAX_PROPERTIES_ADDED #/maxProperties", "MIN_PROPERTIES_DECREASED #/minProperties"],
            false),
    ]

    static let arrays = [
        Change(#"{"type":"array"}"#, #"{"type":"array","items":{"type":"string"}}"#, ["SCHEMA_ADDED #/items"], false),
        Change(#"{"type":"array","items":{"type":"string"}}"#, #"{"type":"array"}"#, ["SCHEMA_REMOVED #/items"], true),
        Change(
            #"{"type":"array","items":true}"#,
            #"{"type":"array","items":false}"#,
            ["ADDITIONAL_ITEMS_REMOVED #/additionalItems"],
            false),
        Change(
            #"{"type":"array","prefixItems":[{"type":"string"}],"items":false}"#,
            #"{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"items":false}"#,
            ["ITEM_ADDED_TO_CLOSED_CONTENT_MODEL #/items/1"], true),
        Change(
            #"{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}]}"#,
            #"{"type":"array","prefixItems":[{"type":"string"}]}"#,
            ["ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL #/items/1"], true),
        Change(
            #"{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"string"}}"#,
            #"{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"items":{"type":"string"}}"#,
            ["TYPE_CHANGED #/items/1", "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/items/1"], false),
        Change(
            #"{"type":"array","maxItems":2,"uniqueItems":true}"#,
            #"{"type":"array","maxItems":1}"#,
            ["MAX_ITEMS_DECREASED #/maxItems", "UNIQUE_ITEMS_REMOVED #/uniqueItems"],
            false),
    ]

    static let combinations = [
        Change(#"{"type":"string"}"#, #"{"oneOf":[{"type":"number"},{"type":"string"}]}"#, ["SUM_TYPE_EXTENDED #/"], true),
        Change(#"{"type":["object"]}"#, #"{"type":["object","array"]}"#, ["SUM_TYPE_EXTENDED #/"], true),
        Change(#"{"type":"string"}"#, #"{"allOf":[{"type":"number"},{"type":"string"}]}"#, ["TYPE_CHANGED #/"], false),
        Change(#"{"oneOf":[{"type":"number"},{"type":"string"}]}"#, #"{"oneOf":[{"type":"string"}]}"#, ["SUM_TYPE_NARROWED #/"], false),
        Change(#"{"allOf":[{"enum":["a"]},{"type":"string"}]}"#, #"{"allOf":[{"type":"string"}]}"#, ["PRODUCT_TYPE_NARROWED #/"], true),
        Change(
            #"{"allOf":[{"type":"string"},{"enum":["a"]}]}"#,
            #"{"allOf":[{"enum":["a","b"]},{"type":"string"}]}"#,
            ["ENUM_ARRAY_EXTENDED #/allOf/1/enum"],
            true),
        Change(#"{"type":"string","enum":["a"]}"#, #"{"type":"string","enum":["b"]}"#, ["COMBINED_TYPE_SUBSCHEMAS_CHANGED #/"], false),
        Change(#"{"oneOf":[{"type":"string"}]}"#, #"{"oneOf":[{"type":"number"}]}"#, ["COMBINED_TYPE_SUBSCHEMAS_CHANGED #/"], false),
        Change(#"{"oneOf":[{"type":"string"}]}"#, #"{"allOf":[{"type":"string"}]}"#, ["COMBINED_TYPE_EXTENDED #/"], true),
        Change(#"{"oneOf":[{"type":"string"},{"type":"null"}]}"#, #"{"allOf":[{"type":"string"}]}"#, ["COMBINED_TYPE_CHANGED #/"], false),
        Change(
            #"{"oneOf":[{"type":"string"}]}"#,
            #"{"anyOf":[{"type":"number"},{"type":"string"}]}"#,
            ["COMBINED_TYPE_EXTENDED #/", "SUM_TYPE_EXTENDED #/"],
            true),
    ]

    @Test("The codes and the verdict", arguments: scalars + objects + arrays + combinations)
    func codes(of change: Change) throws {
        let differences = try SchemaDifference.between(JSONValue(text: change.old), and: JSONValue(text: change.new))
        #expect(differences.map(\.description) == change.codes)
        #expect(!differences.contains { !$0.code.isCompatible } == change.isCompatible)
    }

    @Test("A circle of references comes to an end")
    func circle() throws {
        let old = try JSONValue(text: ##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}}}}}"##)
        let new = try JSONValue(
            text: ##"{"$ref":"#/$defs/b","$defs":{"b":{"type":"object","properties":{"a":{"$ref":"#/$defs/b"}},"minProperties":1}}}"##)
        #expect(SchemaDifference.between(old, and: new).map(\.description) == ["MIN_PROPERTIES_ADDED #/minProperties"])
    }

    @Test("The registry allows what a document refutes")
    func registryGap() throws {
        let old = try JSONValue(text: #"{"type":"object","properties":{"foo":{"type":"string"}},"required":["foo"]}"#)
        let new = try JSONValue(text: #"{"type":"object","properties":{"foo":{"type":"string"}},"required":["bar"]}"#)
        #expect(SchemaDifference.between(old, and: new).map(\.description) == ["REQUIRED_ATTRIBUTE_REMOVED #/required/foo"])
        #expect(DifferenceCode.requiredAttributeRemoved.isCompatible)
        #expect(try containment(of: old, in: new).witness != nil)
    }
}
