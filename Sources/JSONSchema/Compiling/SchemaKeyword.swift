/// The keywords of draft 2020-12.
enum SchemaKeyword: String, Sendable, CaseIterable {
    case id = "$id"
    case schema = "$schema"
    case ref = "$ref"
    case anchor = "$anchor"
    case dynamicRef = "$dynamicRef"
    case dynamicAnchor = "$dynamicAnchor"
    case vocabulary = "$vocabulary"
    case comment = "$comment"
    case defs = "$defs"
    case prefixItems, items, contains, additionalProperties, properties, patternProperties, dependentSchemas, propertyNames
    case `if`, then, `else`, allOf, anyOf, oneOf, not
    case unevaluatedItems, unevaluatedProperties
    case type, const, `enum`, multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum, maxLength, minLength, pattern
    case maxItems, minItems, uniqueItems, maxContains, minContains, maxProperties, minProperties, required, dependentRequired
    case title, description, `default`, deprecated, readOnly, writeOnly, examples
    case format
    case contentEncoding, contentMediaType, contentSchema

    /// What of schemas the value of a keyword holds.
    enum Content {
        case none, schema, list, map
    }

    var content: Content {
        switch self {
        case .items, .contains, .additionalProperties, .propertyNames, .if, .then, .else, .not, .unevaluatedItems,
            .unevaluatedProperties, .contentSchema:
            .schema
        case .prefixItems, .allOf, .anyOf, .oneOf: .list
        case .defs, .properties, .patternProperties, .dependentSchemas: .map
        default: .none
        }
    }

    /// Says something to people and tools, and nothing to a validator.
    var isAnnotation: Bool {
        switch self {
        case .comment, .title, .description, .default, .deprecated, .readOnly, .writeOnly, .examples: true
        default: false
        }
    }

    func isSwitchedOn(in vocabularies: Set<SchemaVocabulary>) -> Bool {
        switch self {
        case .id, .schema, .ref, .anchor, .dynamicRef, .dynamicAnchor, .vocabulary, .comment, .defs: true
        case .prefixItems, .items, .contains, .additionalProperties, .properties, .patternProperties, .dependentSchemas,
            .propertyNames, .if, .then, .else, .allOf, .anyOf, .oneOf, .not:
            vocabularies.contains(.applicator)
        case .unevaluatedItems, .unevaluatedProperties: vocabularies.contains(.unevaluated)
        case .title, .description, .default, .deprecated, .readOnly, .writeOnly, .examples: vocabularies.contains(.metaData)
        case .format: vocabularies.contains(.formatAnnotation) || vocabularies.contains(.formatAssertion)
        case .contentEncoding, .contentMediaType, .contentSchema: vocabularies.contains(.content)
        default: vocabularies.contains(.validation)
        }
    }
}
