extension Evaluation {
    mutating func check(_ index: Int, array place: Int, _ evaluated: inout EvaluatedChildren) -> Bool {
        let count = document.nodes[place].count
        switch program.instructions[index] {
        case .minItems(let limit):
            return count >= limit || fail(index) { _ in "expected at least \(limit.counted("item")), found \(count)" }
        case .maxItems(let limit):
            return count <= limit || fail(index) { _ in "expected at most \(limit.counted("item")), found \(count)" }
        case .uniqueItems:
            guard let (first, second) = repetition.repeated(in: place, of: document) else { return true }
            let (item, positions) = (document.excerpt(second), document.positions(of: first, second, in: place))
            return fail(index) { _ in "expected no item twice, found \(item) as items \(positions.0) and \(positions.1), counted from 0" }
        case .prefixItems(let branches):
            var answer = true
            var item = place + 1
            for position in Indexes(0..<min(branches.count, count)) {
                marks.insert(position, of: count, into: &evaluated)
                if !check(program.branches[Int(branches.lowerBound) + position], item, at: position) {
                    answer = false
                    guard report.isRecording else { return false }
                }
                item = Int(document.nodes[item].end)
            }
            return answer
        case .items(let node, let start):
            evaluated.insertAll()
            return check(node, itemsOf: place) { _, position in position >= start }
        case .contains(let node, let minimum, let maximum):
            var found = 0
            var item = place + 1
            for position in Indexes(0..<count) {
                if holds(node, item) {
                    found += 1
                    marks.insert(position, of: count, into: &evaluated)
                }
                item = Int(document.nodes[item].end)
            }
            if found < minimum {
                return fail(index) { _ in
                    "expected at least \(Int(minimum).counted("item")) as the schema under \"contains\" describes, found \(found)"
                }
            }
            return found <= maximum
                || fail(index) { _ in
                    "expected at most \(Int(maximum).counted("item")) as the schema under \"contains\" describes, found \(found)"
                }
        case .unevaluatedItems(let node):
            let before = evaluated
            evaluated.insertAll()
            return check(node, itemsOf: place) { evaluation, position in !evaluation.marks.contains(position, in: before) }
        default: return true
        }
    }

    private mutating func check(
        _ node: SchemaProgram.NodeIndex, itemsOf array: Int, where isMeant: (borrowing Evaluation, Int) -> Bool
    ) -> Bool {
        var answer = true
        var (item, position) = (array + 1, 0)
        let end = Int(document.nodes[array].end)
        let schema = program.nodes[Int(node)]
        while item < end {
            let value = document.nodes[item]
            // Numbers by the thousand are mostly asked for their type alone.
            if !schema.isContent(with: value.kinds), isMeant(self, position), !check(node, item, at: position) {
                answer = false
                guard report.isRecording else { return false }
            }
            item = Int(value.end)
            position += 1
        }
        return answer
    }

    private mutating func check(_ node: SchemaProgram.NodeIndex, _ item: Int, at position: Int) -> Bool {
        report.enter(item: position)
        defer { report.leave() }
        return check(node, item)
    }
}
