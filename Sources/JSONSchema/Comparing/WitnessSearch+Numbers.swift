extension WitnessSearch {
    func solveNumber(_ branch: SearchBranch, isInteger: Bool, _ goal: SearchGoal) -> SearchResult {
        let demands = branch.numbers
        let multiples = demands.multiples + (isInteger ? [JSONNumber(1)] : [])
        let nonMultiples = demands.nonMultiples + (isInteger ? [] : [JSONNumber(1)])
        for step in multiples where nonMultiples.contains(where: step.isMultiple) { return .empty }
        if let lower = demands.lower, let upper = demands.upper {
            if lower.value > upper.value { return .empty }
            if lower.value == upper.value {
                return lower.isInclusive && upper.isInclusive ? test([.number(lower.value)], goal) : .empty
            }
        }
        let unknown = SearchResult.unknown("no number is found that does, and it isn't proved that there is none")
        let bounds = [demands.lower, demands.upper].compactMap { $0?.value }
        guard let grid = DecimalGrid(bounds + multiples + nonMultiples, finerBy: multiples.isEmpty ? 2 : 0) else {
            return bounds.map(JSONValue.number).first { meets(goal, $0) }.map(SearchResult.found) ?? unknown
        }
        // All that is asked for is a multiple of the step; without one every number is, but the grid has only some.
        var step: Int128 = 1
        for multiple in multiples.compactMap(grid.units) {
            guard let common = DecimalGrid.leastCommonMultiple(step, multiple) else { return unknown }
            step = common
        }
        let first = demands.lower.flatMap { bound in grid.units(bound.value).map { Self.ceiling($0, step, bound.isInclusive) } }
        let last = demands.upper.flatMap { bound in grid.units(bound.value).map { Self.floor($0, step, bound.isInclusive) } }
        if let first, let last, first > last { return multiples.isEmpty ? unknown : .empty }
        let (places, isExhaustive) = Self.places(from: first, through: last)
        for place in places {
            let (units, overflow) = place.multipliedReportingOverflow(by: step)
            guard !overflow else { continue }
            let value = JSONValue.number(grid.number(units))
            if meets(goal, value) { return .found(value) }
        }
        return isExhaustive && !multiples.isEmpty ? .empty : unknown
    }

    private static func ceiling(_ units: Int128, _ step: Int128, _ isInclusive: Bool) -> Int128 {
        let (quotient, remainder) = units.quotientAndRemainder(dividingBy: step)
        if remainder == 0 { return isInclusive ? quotient : quotient + 1 }
        return remainder > 0 ? quotient + 1 : quotient
    }

    private static func floor(_ units: Int128, _ step: Int128, _ isInclusive: Bool) -> Int128 {
        let (quotient, remainder) = units.quotientAndRemainder(dividingBy: step)
        if remainder == 0 { return isInclusive ? quotient : quotient - 1 }
        return remainder > 0 ? quotient : quotient - 1
    }

    /// Where to look on the grid, and whether that is everywhere.
    private static func places(from first: Int128?, through last: Int128?) -> ([Int128], isExhaustive: Bool) {
        if let first, let last, last - first < 2_000 { return (Array(first...last), true) }
        let strides = Array(0...60 as ClosedRange<Int128>) + [64, 97, 100, 101, 128, 250, 500, 997, 1_000, 9_973, 10_000, 1_000_003]
        var places: [Int128] = []
        if let first { places += strides.map { first + $0 } }
        if let last { places += strides.map { last - $0 } }
        if first == nil, last == nil { places += strides.flatMap { [$0, -$0] } }
        return (places.filter { place in first.map { place >= $0 } ?? true && last.map { place <= $0 } ?? true }, false)
    }
}
