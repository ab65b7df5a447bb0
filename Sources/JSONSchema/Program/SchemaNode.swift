/// One schema: the kinds of value that it allows, and the instructions that check the rest, grouped by the kind that they apply to.
struct SchemaNode: Sendable {
    var kinds: ValueKinds = .all
    /// Of `type`, as an instruction, for its place; -1 where the schema has no `type`.
    var typeInstruction: Int32 = -1
    var resource: Int32
    /// Has `unevaluatedItems` or `unevaluatedProperties`, so what its other keywords evaluate must be kept in mind.
    var tracksEvaluation = false
    /// Apply to any value.
    var common: Range<Int32> = 0..<0
    var number: Range<Int32> = 0..<0
    var string: Range<Int32> = 0..<0
    var array: Range<Int32> = 0..<0
    var object: Range<Int32> = 0..<0
    /// Those of `kinds` of which nothing more is asked.
    private(set) var freeKinds: ValueKinds = .all

    /// Whether a value of one of these kinds satisfies the schema, whatever else it is.
    func isContent(with kinds: ValueKinds) -> Bool { freeKinds.isSuperset(of: kinds) }

    /// To be called when all instructions are known.
    mutating func findFreeKinds() {
        freeKinds = common.isEmpty ? kinds : []
        for (group, kinds) in [
            (number, [.integer, .fraction] as ValueKinds), (string, .string), (array, .array), (object, .object),
        ] where !group.isEmpty { freeKinds.subtract(kinds) }
    }
}
