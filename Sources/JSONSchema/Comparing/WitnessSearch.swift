/// Looks for a document that one schema allows and another doesn't, or for the proof that there is none.
///
/// A goal is a set of schemas that a value must satisfy or violate. It is taken apart into conditions and choices until each branch can be
/// solved for a kind of value; the values of members and items are goals of their own. A branch that can't be met is dropped; what is
/// found is tested against the goal by the validator before it counts. So there are three answers, and only a proof says "empty".
///
/// A goal that comes up again while it is being solved has no value there: a smallest document doesn't contain another one that
/// would do. That is what makes recursive schemas come to an end.
struct WitnessSearch {
    private let writer: SchemaProgram
    private let reader: SchemaProgram
    var patterns: [ExactText: Pattern] = [:]
    /// A regular expression took too much work to tell whether a name matches.
    var patternExcess = false

    private var memory: [SearchGoal: SearchResult] = [:]
    private var active: [SearchGoal: Int] = [:]
    /// The outermost of the active goals that a result relied on.
    private var reliedOn = Int.max
    private var depth = 0
    private var steps = 0

    /// Branches looked at.
    private static let stepLimit = 20_000
    /// Choices within one another, a goal as much as ``goalDepth``: what a stack of 512 kB can take, and some sixteen levels of a document.
    private static let depthLimit = 85
    private static let goalDepth = 3

    init(writer: SchemaProgram, reader: SchemaProgram) {
        self.writer = writer
        self.reader = reader
        for pattern in writer.patterns + reader.patterns { patterns[ExactText(pattern.text)] = pattern }
    }

    /// What the writer may write and the reader doesn't accept.
    var counterexamples: SearchGoal {
        SearchGoal(literals: [
            SchemaLiteral(side: .writer, node: writer.root, holds: true), SchemaLiteral(side: .reader, node: reader.root, holds: false),
        ])
    }

    func program(_ side: ComparedSide) -> SchemaProgram { side == .writer ? writer : reader }

    mutating func solve(_ goal: SearchGoal) -> SearchResult {
        if let known = memory[goal] { return known }
        if let outer = active[goal] {
            reliedOn = min(reliedOn, outer)
            return .empty
        }
        guard depth < Self.depthLimit else { return .unknown("the schemas are nested too deeply to compare") }
        let level = active.count
        let before = reliedOn
        active[goal] = level
        reliedOn = Int.max
        depth += Self.goalDepth
        var branch = SearchBranch(kinds: goal.name == nil ? .all : .string)
        branch.pending = goal.literals.sorted { $0.precedes($1) }.map { .schema($0, trackers: []) }
        branch.excluded = goal.excluded
        if let name = goal.name { branch.strings.patterns = name.patterns }
        let result = explore(branch, goal)
        depth -= Self.goalDepth
        active[goal] = nil
        if reliedOn >= level {
            memory[goal] = result
            reliedOn = before
        } else {
            if case .found = result { memory[goal] = result }
            reliedOn = min(reliedOn, before)
        }
        return result
    }

    /// Whether a value is what the goal asks for, as the validator sees it.
    func meets(_ goal: SearchGoal, _ value: JSONValue) -> Bool {
        if goal.excluded.contains(value) { return false }
        if let name = goal.name {
            guard case .string(let text) = value else { return false }
            for (pattern, expected) in name.patterns where patterns[pattern]?.matches(text) != expected { return false }
        }
        return goal.literals.allSatisfy { meets($0, value) }
    }

    func meets(_ literal: SchemaLiteral, _ value: JSONValue) -> Bool {
        var evaluation = Evaluation(program(literal.side), JSONDocument(value), report: Verdict())
        let answer = evaluation.check(literal.node, 0)
        return evaluation.excess == nil && answer == literal.holds
    }

    private mutating func explore(_ branch: SearchBranch, _ goal: SearchGoal) -> SearchResult {
        steps += 1
        guard steps < Self.stepLimit else { return .unknown("there are more combinations than can be looked at") }
        guard depth < Self.depthLimit else { return .unknown("the schemas are nested too deeply to compare") }
        depth += 1
        defer { depth -= 1 }
        var branch = branch
        guard settle(&branch) else { return .empty }
        if let candidates = branch.candidates {
            return candidates.first { meets(goal, $0) }.map(SearchResult.found) ?? .empty
        }
        guard let choice = takeChoice(&branch) else { return solve(branch, goal) }
        var doubt: String?
        for alternative in choice {
            var next = branch
            next.pending = alternative
            switch explore(next, goal) {
            case .found(let value): return .found(value)
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: break
            }
        }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    /// The choice with the fewest alternatives that aren't ruled out.
    private func takeChoice(_ branch: inout SearchBranch) -> [[SearchDemand]]? {
        var best: [[SearchDemand]]?
        var rest: [[[SearchDemand]]] = []
        for choice in branch.choices {
            if choice.contains(where: { branch.hasMet($0) }) { continue }
            let live = choice.filter { !branch.rulesOut($0) }
            if let current = best {
                rest.append(live.count < current.count ? current : live)
                if live.count < current.count { best = live }
            } else {
                best = live
            }
        }
        branch.choices = rest
        return best
    }

    /// All is known of the value; what is it?
    private mutating func solve(_ branch: SearchBranch, _ goal: SearchGoal) -> SearchResult {
        var doubt: String?
        for kind in [ValueKinds.null, .boolean, .integer, .fraction, .string, .array, .object] where branch.kinds.contains(kind) {
            let result =
                switch kind {
                case .null: test([.null], goal)
                case .boolean: test([.bool(false), .bool(true)], goal)
                case .integer, .fraction: solveNumber(branch, isInteger: kind == .integer, goal)
                case .string: solveString(branch, goal)
                case .array: solveArray(branch, goal)
                default: solveObject(branch, goal)
                }
            switch result {
            case .found: return result
            case .unknown(let reason): doubt = doubt ?? branch.doubts.first ?? reason
            case .empty: break
            }
        }
        if patternExcess { doubt = doubt ?? "a regular expression takes too much work on the names of members" }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    /// For values that are all there are.
    func test(_ values: [JSONValue], _ goal: SearchGoal) -> SearchResult {
        values.first { meets(goal, $0) }.map(SearchResult.found) ?? .empty
    }

    /// For a value that should be it.
    func confirm(_ value: JSONValue, _ goal: SearchGoal, _ reason: @autoclosure () -> String) -> SearchResult {
        meets(goal, value) ? .found(value) : .unknown(reason())
    }
}

extension SchemaLiteral {
    /// An order that is the same in each run.
    fileprivate func precedes(_ other: SchemaLiteral) -> Bool {
        (side.rawValue, node, holds ? 0 : 1) < (other.side.rawValue, other.node, other.holds ? 0 : 1)
    }
}

extension SearchBranch {
    fileprivate func rulesOut(_ alternative: [SearchDemand]) -> Bool {
        alternative.contains { demand in
            switch demand {
            case .kinds(let kinds): self.kinds.isDisjoint(with: kinds)
            case .schema(let literal, _): known.contains(literal.negated)
            case .absent(let name): kinds == .object && objects.present.contains(ExactText(name))
            case .present(let name): kinds == .object && objects.absent.contains(ExactText(name))
            default: false
            }
        }
    }

    fileprivate func hasMet(_ alternative: [SearchDemand]) -> Bool {
        alternative.allSatisfy { demand in
            switch demand {
            case .kinds(let kinds): kinds.isSuperset(of: self.kinds)
            case .schema(let literal, let trackers): trackers.isEmpty && known.contains(literal)
            case .present(let name): kinds == .object && objects.present.contains(ExactText(name))
            case .absent(let name): kinds == .object && objects.absent.contains(ExactText(name))
            default: false
            }
        }
    }
}
