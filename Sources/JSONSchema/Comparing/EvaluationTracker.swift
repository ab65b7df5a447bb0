/// What a schema with `unevaluatedProperties` has evaluated so far.
struct EvaluationTracker: Sendable {
    var names: Set<ExactText> = []
    var patterns: Set<ExactText> = []
    var evaluatesAll = false
    /// Applied in the end to what is left.
    let rest: MemberShape.Rest

    init(rest: MemberShape.Rest) { self.rest = rest }

    /// What it comes to when all is known.
    var shape: MemberShape {
        MemberShape(
            names: Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }), patterns: patterns.map { ($0, nil) }, rest: rest)
    }
}
