extension WitnessSearch {
    /// The members that must be there are found one by one: none depends on another, once the choices are made.
    mutating func solveObject(_ branch: SearchBranch, _ goal: SearchGoal) -> SearchResult {
        var demands = branch.objects
        for tracker in branch.trackers where !tracker.evaluatesAll { demands.shapes.append(tracker.shape) }
        guard demands.minimum <= demands.maximum else { return .empty }
        var names = demands.present.union(demands.absent)
        for shape in demands.shapes { names.formUnion(shape.names.keys) }
        for outside in demands.some.flatMap(\.outsides) { names.formUnion(outside.names.keys) }
        let known = names.sorted { $0.text.precedesExactly($1.text) }
        guard demands.some.count <= 6 else { return .unknown("too many members are asked for that have no name") }
        return place(demands.some[...], ObjectPlan(demands: demands, known: known), goal)
    }

    /// Decides for each existence which member it is: one of those that are known by name, one that isn't, or one that is another
    /// existence as well.
    private mutating func place(_ some: ArraySlice<MemberExistence>, _ plan: ObjectPlan, _ goal: SearchGoal) -> SearchResult {
        guard let existence = some.first else { return build(plan, goal) }
        var plans: [ObjectPlan] = []
        for name in plan.known where !plan.demands.absent.contains(name) && fits(name, existence) {
            var next = plan
            next.demands.require(name)
            next.demands.values[name, default: []].formUnion(existence.literals)
            plans.append(next)
        }
        for index in plan.fresh.indices {
            var next = plan
            next.fresh[index] = plan.fresh[index].joined(with: existence)
            plans.append(next)
        }
        var next = plan
        next.fresh.append(existence)
        plans.append(next)
        var doubt: String?
        for next in plans {
            switch place(some.dropFirst(), next, goal) {
            case .found(let value): return .found(value)
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: break
            }
        }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    private mutating func build(_ plan: ObjectPlan, _ goal: SearchGoal) -> SearchResult {
        let demands = plan.demands
        guard demands.present.count + plan.fresh.count <= demands.maximum else { return .empty }
        var object = JSONObject()
        var doubt: String?
        for name in plan.known where demands.present.contains(name) {
            switch solveMember(name, plan) {
            case .found(let value): object[name.text] = value
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: return .empty
            }
        }
        for existence in plan.fresh {
            switch solveFresh(existence, plan, besides: object) {
            case .found(let member): add(member, to: &object)
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: return .empty
            }
        }
        if let doubt { return .unknown(doubt) }
        switch fill(&object, plan) {
        case .found: break
        case .unknown(let reason): return .unknown(reason)
        case .empty: return .empty
        }
        return confirm(.object(object), goal, "an object that might do doesn't stand the test")
    }

    /// Adds members until there are as many as there must be. `found` if there are.
    private mutating func fill(_ object: inout JSONObject, _ plan: ObjectPlan) -> SearchResult {
        var doubt: String?
        for name in plan.known where object.count < plan.demands.minimum && object[name.text] == nil {
            guard !plan.demands.absent.contains(name) else { continue }
            switch solveMember(name, plan) {
            case .found(let value): object[name.text] = value
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: break
            }
        }
        guard object.count < plan.demands.minimum else { return .found(.object(object)) }
        guard plan.demands.minimum <= 10_000 else { return .unknown("it would take an object of \(plan.demands.minimum) members") }
        while object.count < plan.demands.minimum {
            switch solveFresh(MemberExistence(), plan, besides: object) {
            case .found(let member): add(member, to: &object)
            case .unknown(let reason): return .unknown(doubt ?? reason)
            // No further name is possible. All that are had their chance, except where an existence took one of them.
            case .empty:
                if let doubt { return .unknown(doubt) }
                return plan.fresh.isEmpty ? .empty : .unknown(Self.tooFewNames)
            }
        }
        return .found(.object(object))
    }

    private func add(_ member: JSONValue, to object: inout JSONObject) {
        guard case .object(let members) = member else { return }
        for (name, value) in members { object[name] = value }
    }

    /// The value of a member that is known by name.
    private mutating func solveMember(_ name: ExactText, _ plan: ObjectPlan) -> SearchResult {
        var literals = plan.demands.values[name] ?? []
        for literal in plan.demands.names where !meets(literal, .string(name.text)) { return .empty }
        for shape in plan.demands.shapes {
            var isDeclared = false
            if let declared = shape.names[name] {
                isDeclared = true
                if let declared { literals.insert(declared) }
            }
            for (pattern, literal) in shape.patterns where matches(pattern, name.text) {
                isDeclared = true
                if let literal { literals.insert(literal) }
            }
            guard !isDeclared else { continue }
            switch shape.rest {
            case .anything: break
            case .nothing: return .empty
            case .schema(let literal): literals.insert(literal)
            }
        }
        return solve(SearchGoal(literals: literals))
    }

    /// A member whose name isn't known, as an object with that one member. Which patterns the name matches decides what the value must be.
    private mutating func solveFresh(_ existence: MemberExistence, _ plan: ObjectPlan, besides object: JSONObject) -> SearchResult {
        var patterns: [ExactText] = []
        let shapes = plan.demands.shapes + existence.outsides
        for text in shapes.flatMap({ $0.patterns.map(\.text) }) + existence.patterns where !patterns.contains(text) {
            patterns.append(text)
        }
        guard patterns.count <= 6 else { return .unknown("there are too many patterns of names") }
        let taken = Set(plan.known.map { JSONValue.string($0.text) } + object.keys.map(JSONValue.string))
        var doubt: String?
        for set in 0..<(1 << patterns.count) {
            var name = SearchGoal.NameDemand(patterns: [:])
            for (index, pattern) in patterns.enumerated() { name.patterns[pattern] = set & 1 << index != 0 }
            guard var literals = literals(of: name, plan.demands.shapes) else { continue }
            if existence.patterns.contains(where: { name.patterns[$0] != true }) { continue }
            if existence.outsides.contains(where: { $0.patterns.contains { name.patterns[$0.text] == true } }) { continue }
            literals.formUnion(existence.literals)
            let nameGoal = SearchGoal(
                literals: Set(plan.demands.names + existence.nameLiterals), name: name, excluded: taken)
            switch solve(nameGoal) {
            case .empty: continue
            case .unknown(let reason): doubt = doubt ?? reason
            case .found(let text):
                switch solve(SearchGoal(literals: literals)) {
                case .empty: continue
                case .unknown(let reason): doubt = doubt ?? reason
                case .found(let value):
                    var member = JSONObject()
                    if case .string(let text) = text { member[text] = value }
                    return .found(.object(member))
                }
            }
        }
        // Another member, whose name could have been chosen otherwise, may have taken the name.
        if object.keys.contains(where: { !plan.known.contains(ExactText($0)) }) { doubt = doubt ?? Self.tooFewNames }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    private static let tooFewNames = "there are too few names for the members"

    /// What the shapes ask of a member whose name matches such patterns and isn't declared by name; `nil` if there mustn't be one.
    private func literals(of name: SearchGoal.NameDemand, _ shapes: [MemberShape]) -> Set<SchemaLiteral>? {
        var literals: Set<SchemaLiteral> = []
        for shape in shapes {
            let matching = shape.patterns.filter { name.patterns[$0.text] == true }
            literals.formUnion(matching.compactMap(\.literal))
            guard matching.isEmpty else { continue }
            switch shape.rest {
            case .anything: break
            case .nothing: return nil
            case .schema(let literal): literals.insert(literal)
            }
        }
        return literals
    }

    private mutating func fits(_ name: ExactText, _ existence: MemberExistence) -> Bool {
        for pattern in existence.patterns where !matches(pattern, name.text) { return false }
        for outside in existence.outsides {
            if outside.names[name] != nil { return false }
            for (pattern, _) in outside.patterns where matches(pattern, name.text) { return false }
        }
        return existence.nameLiterals.allSatisfy { meets($0, .string(name.text)) }
    }

    private mutating func matches(_ pattern: ExactText, _ name: String) -> Bool {
        if let answer = patterns[pattern]?.matches(name) { return answer }
        patternExcess = true
        return false
    }
}
