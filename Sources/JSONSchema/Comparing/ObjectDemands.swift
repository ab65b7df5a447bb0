/// What an object's members must satisfy.
struct ObjectDemands: Sendable {
    var minimum = 0
    var maximum = Int.max
    var shapes: [MemberShape] = []
    private(set) var present: Set<ExactText> = []
    private(set) var absent: Set<ExactText> = []
    /// By name, beside what the shapes ask for.
    var values: [ExactText: Set<SchemaLiteral>] = [:]
    /// Of some member each.
    var some: [MemberExistence] = []
    /// Of all names.
    var names: [SchemaLiteral] = []

    mutating func require(_ name: ExactText) {
        present.insert(name)
        if absent.contains(name) { maximum = -1 }
    }

    mutating func forbid(_ name: ExactText) {
        absent.insert(name)
        if present.contains(name) { maximum = -1 }
    }
}
