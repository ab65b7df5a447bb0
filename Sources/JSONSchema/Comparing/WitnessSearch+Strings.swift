extension WitnessSearch {
    func solveString(_ branch: SearchBranch, _ goal: SearchGoal) -> SearchResult {
        let demands = branch.strings
        var maximum = demands.maximum
        var automata: [(table: PatternTable, alphabet: PatternAlphabet, matches: Bool)] = []
        func add(_ pattern: Pattern?, _ matches: Bool) {
            // A pattern that is too large for a table is left out, and left to the test of what is found.
            if let automaton = pattern?.automaton { automata.append((automaton.table, automaton.alphabet, matches)) }
        }
        for (text, matches) in demands.patterns { add(patterns[text], matches) }
        for (format, isDemanded) in demands.formats where isDemanded {
            if demands.formats.contains(where: { !$1 && format.implies($0) }) { return .empty }
            maximum = min(maximum, Format.longest)
            add(format.outline, true)
            for sample in format.samples where meets(goal, .string(sample)) { return .found(.string(sample)) }
        }
        guard demands.minimum <= maximum else { return .empty }
        let lengths = demands.minimum...maximum
        guard let product = PatternProduct(automata), let words = product.words(lengths) else {
            return .unknown("the texts that match are too many or too long to look through")
        }
        if words.isEmpty { return .empty }
        if goal.name != nil, let name = Self.plainNames.first(where: { meets(goal, .string($0)) }) { return .found(.string(name)) }
        if let word = words.first(where: { meets(goal, .string($0)) }) { return .found(.string(word)) }
        if let all = product.allWords(lengths) { return test(all.map(JSONValue.string), goal) }
        return .unknown("no text is found that does, and it isn't proved that there is none")
    }

    /// What an undeclared member is called, if it may be.
    private static let plainNames = ["extra", "other", "another", "unknown"]
}
