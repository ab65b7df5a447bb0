extension WitnessSearch {
    mutating func solveArray(_ branch: SearchBranch, _ goal: SearchGoal) -> SearchResult {
        let demands = branch.arrays
        if demands.areUnique && demands.hasEqualItems { return .empty }
        guard demands.minimum <= demands.maximum, !contradicts(demands.contains) else { return .empty }
        let starts = demands.prefixes.map(\.count) + demands.rests.map(\.from)
            + demands.some.map { $0.isExact ? $0.position + 1 : $0.position }
        let plan = ArrayPlan(demands: demands, explicit: starts.max() ?? 0)
        guard plan.explicit <= 200, demands.some.count <= 6 else { return .unknown("there are too many items with a schema of their own") }
        return place(demands.some[...], plan, goal)
    }

    /// More are denied than are asserted, of what is at least as wide; or the other way round.
    private mutating func contradicts(_ contains: [ContainsDemand]) -> Bool {
        for denied in contains where !denied.holds {
            for asserted in contains where asserted.holds {
                if let most = denied.maximum {
                    guard let asserts = asserted.maximum, asserts <= most else { continue }
                    if isEmpty(denied.literal, asserted.literal.negated) { return true }
                } else if asserted.minimum >= denied.minimum, isEmpty(asserted.literal, denied.literal.negated) {
                    return true
                }
            }
        }
        return false
    }

    private mutating func isEmpty(_ literals: SchemaLiteral...) -> Bool {
        if case .empty = solve(SearchGoal(literals: Set(literals))) { return true }
        return false
    }

    /// Decides for each existence which item it is: one at a place of its own, one behind these, or one that is another existence as well.
    private mutating func place(_ some: ArraySlice<ArrayDemands.Existence>, _ plan: ArrayPlan, _ goal: SearchGoal) -> SearchResult {
        guard let existence = some.first else { return placeEqualItems(plan, goal) }
        var doubt: String?
        let start = existence.position
        let places = existence.isExact ? start..<(start + 1) : start..<max(plan.explicit, start)
        var plans = places.map { place in
            var next = plan
            next.added[place, default: []].insert(existence.literal)
            return next
        }
        if !existence.isExact {
            for index in plan.behind.indices {
                var next = plan
                next.behind[index].insert(existence.literal)
                plans.append(next)
            }
            var next = plan
            next.behind.append([existence.literal])
            plans.append(next)
        }
        for next in plans {
            switch self.place(some.dropFirst(), next, goal) {
            case .found(let value): return .found(value)
            case .unknown(let reason): doubt = doubt ?? reason
            case .empty: break
            }
        }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    private mutating func placeEqualItems(_ plan: ArrayPlan, _ goal: SearchGoal) -> SearchResult {
        guard plan.demands.hasEqualItems else { return build(plan, goal) }
        var doubt: String?
        // Behind those that are asked for any two are alike, so two of them stand for all.
        for second in 0..<(plan.explicit + plan.behind.count + 2) {
            for first in 0..<second {
                var next = plan
                next.equal = (first, second)
                switch build(next, goal) {
                case .found(let value): return .found(value)
                case .unknown(let reason): doubt = doubt ?? reason
                case .empty: break
                }
            }
        }
        return doubt.map(SearchResult.unknown) ?? .empty
    }

    private mutating func build(_ plan: ArrayPlan, _ goal: SearchGoal) -> SearchResult {
        let length = max(plan.demands.minimum, plan.lastPlace + 1, plan.behind.isEmpty ? 0 : plan.explicit + plan.behind.count)
        guard length <= plan.demands.maximum else { return .empty }
        guard length <= (plan.demands.areUnique ? 200 : 10_000) else { return .unknown("it would take an array of \(length) items") }
        var items: [JSONValue] = []
        var doubt: String?
        for place in 0..<length {
            var literals = plan.literals(at: place)
            if let (first, second) = plan.equal, place == first || place == second {
                if place == second, items.indices.contains(first) {
                    items.append(items[first])
                    continue
                }
                literals.formUnion(plan.literals(at: second))
            }
            var item = SearchGoal(literals: literals)
            if plan.demands.areUnique { item.excluded = Set(items) }
            switch solve(item) {
            case .found(let value): items.append(value)
            case .unknown(let reason):
                doubt = doubt ?? reason
                items.append(.null)
            case .empty:
                // With others chosen before it there may be one left.
                if item.excluded.isEmpty || isEmpty(at: place, plan) { return .empty }
                return .unknown("no item is found that isn't there already")
            }
        }
        if let doubt { return .unknown(doubt) }
        return confirm(.array(items), goal, "an array that might do doesn't stand the test")
    }

    private mutating func isEmpty(at place: Int, _ plan: ArrayPlan) -> Bool {
        if case .empty = solve(SearchGoal(literals: plan.literals(at: place))) { return true }
        return false
    }
}
