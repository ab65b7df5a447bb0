/// One thing to check. Holds no references, so reading one costs nothing; indexes lead to the tables of ``SchemaProgram``.
enum SchemaInstruction: Sendable {
    typealias Node = SchemaProgram.NodeIndex

    // Any value
    case type
    case never
    case const(Int32)
    /// `values` from the first index.
    case oneOfValues(Range<Int32>)
    /// All strings, as a table, and in `values` for the message.
    case oneOfTexts(table: Int32, Range<Int32>)
    case ref(Node)
    case dynamicRef(Int32)
    case allOf(Range<Int32>)
    case anyOf(Range<Int32>)
    case oneOf(Range<Int32>)
    case not(Node)
    /// Branches are -1 where there are none.
    case conditional(if: Node, then: Node, else: Node)

    // Numbers
    case minimum(Int32)
    case maximum(Int32)
    case exclusiveMinimum(Int32)
    case exclusiveMaximum(Int32)
    case multipleOf(Int32)

    // Strings
    case minLength(Int)
    case maxLength(Int)
    case pattern(Int32)
    case format(Format)

    // Arrays
    case minItems(Int)
    case maxItems(Int)
    case uniqueItems
    case prefixItems(Range<Int32>)
    case items(Node, from: Int32)
    case contains(Node, minimum: Int32, maximum: Int32)
    case unevaluatedItems(Node)

    // Objects
    case minProperties(Int)
    case maxProperties(Int)
    /// `texts`
    case required(Range<Int32>)
    /// `properties`, `patternProperties` and `additionalProperties`, in one go over the members.
    case members(Int32)
    case propertyNames(Node)
    case dependentRequired(Range<Int32>)
    case dependentSchemas(Range<Int32>)
    case unevaluatedProperties(Node)
    /// `unevaluatedProperties: false`
    case noUnevaluatedProperties
}
