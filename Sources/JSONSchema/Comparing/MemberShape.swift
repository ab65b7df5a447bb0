/// What `properties`, `patternProperties` and `additionalProperties` of a schema say of the members of an object.
struct MemberShape: Sendable {
    enum Rest: Sendable {
        case anything
        case nothing
        case schema(SchemaLiteral)
    }

    /// `nil`: declared, with nothing asked of it here.
    var names: [ExactText: SchemaLiteral?] = [:]
    var patterns: [(text: ExactText, literal: SchemaLiteral?)] = []
    /// Of the members that neither names nor patterns declare.
    var rest: Rest = .anything
}
