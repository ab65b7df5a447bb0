extension Evaluation {
    mutating func check(_ index: Int32, _ items: [JSONValue], _ evaluated: inout EvaluatedChildren) -> Bool {
        switch program.instructions[Int(index)] {
        case .minItems(let limit): return items.count >= limit || fail(index, "expected at least \(limit.counted("item")), found \(items.count)")
        case .maxItems(let limit): return items.count <= limit || fail(index, "expected at most \(limit.counted("item")), found \(items.count)")
        case .uniqueItems:
            guard let (first, second) = Self.repeated(in: items) else { return true }
            return fail(index, "expected no item twice, found \(items[first].excerpt) as items \(first) and \(second), counted from 0")
        case .prefixItems(let branches):
            var answer = true
            for (position, branch) in zip(items.indices, branches) {
                evaluated.insert(position)
                guard !check(program.branches[Int(branch)], item: position, of: items) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
            return answer
        case .items(let node, let start):
            evaluated.insertAll()
            return check(node, from: Int(start), of: items) { _ in true }
        case .contains(let node, let minimum, let maximum):
            var count = 0
            for position in items.indices where holds(node, items[position]) {
                count += 1
                evaluated.insert(position)
            }
            if count < minimum {
                return fail(index, "expected at least \(Int(minimum).counted("item")) as the schema under \"contains\" describes, found \(count)")
            }
            return count <= maximum
                || fail(index, "expected at most \(Int(maximum).counted("item")) as the schema under \"contains\" describes, found \(count)")
        case .unevaluatedItems(let node):
            let before = evaluated
            evaluated.insertAll()
            return check(node, from: 0, of: items) { !before.contains($0) }
        default: return true
        }
    }

    private mutating func check(
        _ node: SchemaProgram.NodeIndex, from start: Int, of items: [JSONValue], where isMeant: (Int) -> Bool
    ) -> Bool {
        var answer = true
        var position = start
        while position < items.count {
            if isMeant(position), !check(node, item: position, of: items) {
                answer = false
                guard report.isRecording else { return false }
            }
            position += 1
        }
        return answer
    }

    private mutating func check(_ node: SchemaProgram.NodeIndex, item position: Int, of items: [JSONValue]) -> Bool {
        report.enter(item: position)
        defer { report.leave() }
        return check(node, items[position])
    }

    /// The first two that are equal. A few items are compared each with each, more by hash.
    private static func repeated(in items: [JSONValue]) -> (Int, Int)? {
        guard items.count > 8 else {
            for second in items.indices {
                for first in 0..<second where items[first] == items[second] { return (first, second) }
            }
            return nil
        }
        var seen: [JSONValue: Int] = [:]
        seen.reserveCapacity(items.count)
        for (position, item) in items.enumerated() {
            if let first = seen.updateValue(position, forKey: item) { return (first, position) }
        }
        return nil
    }
}
