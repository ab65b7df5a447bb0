/// Some member is there, of which all this is true.
struct MemberExistence: Sendable {
    /// That its name matches.
    var patterns: [ExactText] = []
    /// Where it isn't declared.
    var outsides: [MemberShape] = []
    var nameLiterals: [SchemaLiteral] = []
    var literals: [SchemaLiteral] = []

    /// If one member is both.
    func joined(with other: MemberExistence) -> MemberExistence {
        MemberExistence(
            patterns: patterns + other.patterns, outsides: outsides + other.outsides, nameLiterals: nameLiterals + other.nameLiterals,
            literals: literals + other.literals)
    }
}
