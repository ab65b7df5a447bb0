import JSONSchema

/// A schema that a document can violate in every way, and that refers to itself.
enum EveryKeyword {
    static let schema: Schema = {
        do {
            return try Schema.compile(JSONParser.parse(Array(text.utf8)), origin: "EveryKeyword.swift")
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    private static let text = #"""
        {
          "$id": "https://schemas.ferry.example/fuzz", "$dynamicAnchor": "any",
          "type": ["object", "array", "string", "number", "boolean", "null"],
          "minimum": -1e30, "maximum": 1e30, "exclusiveMinimum": -1e31, "exclusiveMaximum": 1e31, "multipleOf": 0.5,
          "minLength": 1, "maxLength": 40, "pattern": "^[^\\s]+( [^\\s]+)*$",
          "minItems": 1, "maxItems": 20, "uniqueItems": true, "prefixItems": [{"$dynamicRef": "#any"}], "items": {"$ref": "#"},
          "contains": {"type": ["string", "number", "array"]}, "minContains": 1, "maxContains": 5, "unevaluatedItems": false,
          "minProperties": 1, "maxProperties": 20, "propertyNames": {"maxLength": 10},
          "properties": {
            "a": {"$ref": "#"}, "b": {"enum": [1, "two", [3], {"four": 4}, null]}, "c": {"const": {"x": [1.0, "y"]}},
            "d": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "uuid"}, {"$ref": "#/$defs/tree"}]},
            "e": {"oneOf": [{"multipleOf": 2}, {"multipleOf": 3}]}, "f": {"not": {"type": "string", "format": "uri"}},
            "g": {"if": {"type": "string"}, "then": {"format": "email"},
              "else": {"type": "array", "unevaluatedItems": {"type": "integer"}}},
            "h": {"enum": ["one", "two", "three"]}, "i": {"type": "string", "format": "duration"},
            "j": {"type": "string", "format": "ipv6"},
            "k": {"allOf": [{"properties": {"l": true}},
              {"patternProperties": {"^m": {"type": "integer"}}}], "unevaluatedProperties": false}
          },
          "patternProperties": {"^x-": {"$dynamicRef": "#any"}, "\\d$": {"type": "number"}},
          "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}},
          "unevaluatedProperties": {"type": "string", "format": "regex"},
          "$defs": {
            "tree": {"type": "object",
              "properties": {"left": {"$ref": "#/$defs/tree"}, "right": {"$ref": "#/$defs/tree"}}, "additionalProperties": false}
          }
        }
        """#
}
