/// One way in which a goal may be met: conditions that all hold, by the kind of value that they apply to, and choices that are still open.
///
/// Where a condition can't be solved for it is left out, and ``doubts`` says so. What is left out only makes the branch wider: that it is
/// empty stays a proof, and what is found in it is tested against the goal.
struct SearchBranch: Sendable {
    var kinds: ValueKinds
    /// All that has been demanded so far.
    var known: Set<SchemaLiteral> = []
    var tracked: Set<TrackedLiteral> = []
    var pending: [SearchDemand] = []
    /// Each a list of alternatives, each of these a list of demands.
    var choices: [[[SearchDemand]]] = []
    /// The only values that it may be, if they are that few.
    var candidates: [JSONValue]?
    var doubts: [String] = []

    var numbers = NumberDemands()
    var strings = StringDemands()
    var arrays = ArrayDemands()
    var objects = ObjectDemands()
    var trackers: [EvaluationTracker] = []
    var excluded: Set<JSONValue> = []
}
