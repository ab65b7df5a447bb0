extension Schema {
    /// Whether `reader` accepts every document that this schema allows.
    ///
    /// Compile this schema as ``SchemaView/closedWriter`` and the other as ``SchemaView/openReader`` to ask what matters between services:
    /// nothing undeclared leaves a writer, and a reader ignores what it doesn't know.
    ///
    /// Takes time and memory within bounds, and gives the same answer each time. The bounds of validation itself (depth, work) are left
    /// out of account, as they are the same for both.
    public func containment(in reader: Schema) -> Containment {
        guard !program.needsDynamicScope, !reader.program.needsDynamicScope else {
            return .unknown(reason: "what a $dynamicRef means depends on the way that leads to it")
        }
        var search = WitnessSearch(writer: program, reader: reader.program)
        switch search.solve(search.counterexamples) {
        case .empty: return .contained
        case .unknown(let reason): return .unknown(reason: reason)
        case .found(let witness):
            // The search has tested the witness already. This is the promise of the verdict, so it's kept where the verdict is given.
            let violations = reader.validate(witness)
            guard isValid(witness), !violations.isEmpty else {
                return .unknown(reason: "a candidate didn't stand the test: \(witness.excerpt)")
            }
            return .refuted(witness: witness, violations: violations)
        }
    }
}
