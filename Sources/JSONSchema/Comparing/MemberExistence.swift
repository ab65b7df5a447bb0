/// Some member is there, of which all this is true.
struct MemberExistence: Sendable {
    /// That its name matches.
    var pattern: ExactText?
    /// Where it isn't declared.
    var outside: MemberShape?
    var nameLiterals: [SchemaLiteral] = []
    var literals: [SchemaLiteral] = []
}
