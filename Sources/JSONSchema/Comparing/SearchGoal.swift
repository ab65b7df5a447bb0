/// What is asked for: one value of which all this is true.
struct SearchGoal: Sendable, Hashable {
    var literals: Set<SchemaLiteral>
    /// A name of a member: a string that matches these patterns, or doesn't.
    var name: NameDemand?
    /// Values that it must not be.
    var excluded: Set<JSONValue> = []

    struct NameDemand: Sendable, Hashable {
        var patterns: [ExactText: Bool]
    }
}

/// What became of a search.
enum SearchResult: Sendable {
    /// Proved: there is no such value.
    case empty
    /// Tested: this is one.
    case found(JSONValue)
    case unknown(String)
}
