extension Evaluation {
    mutating func check(_ index: Int, number node: JSONNode) -> Bool {
        switch program.instructions[index] {
        case .minimum(let limit):
            if compare(node, limit, { $0 >= $1 }, { $0 >= $1 }) { return true }
            return fail(index) { "expected at least \($0.program.numbers[Int(limit)]), found \($0.document.number(node).excerpt)" }
        case .maximum(let limit):
            if compare(node, limit, { $0 <= $1 }, { $0 <= $1 }) { return true }
            return fail(index) { "expected at most \($0.program.numbers[Int(limit)]), found \($0.document.number(node).excerpt)" }
        case .exclusiveMinimum(let limit):
            if compare(node, limit, { $0 > $1 }, { $0 > $1 }) { return true }
            return fail(index) { "expected more than \($0.program.numbers[Int(limit)]), found \($0.document.number(node).excerpt)" }
        case .exclusiveMaximum(let limit):
            if compare(node, limit, { $0 < $1 }, { $0 < $1 }) { return true }
            return fail(index) { "expected less than \($0.program.numbers[Int(limit)]), found \($0.document.number(node).excerpt)" }
        case .multipleOf(let step):
            if document.number(node).isMultiple(of: program.numbers[Int(step)]) { return true }
            return fail(index) { "expected a multiple of \($0.program.numbers[Int(step)]), found \($0.document.number(node).excerpt)" }
        default: return true
        }
    }

    /// As whole numbers where both are, which most are.
    private func compare(
        _ node: JSONNode, _ limit: Int32, _ integers: (Int64, Int64) -> Bool, _ numbers: (JSONNumber, JSONNumber) -> Bool
    ) -> Bool {
        if node.form == .integer, let limit = program.numbers[Int(limit)].int64 { return integers(node.signed, limit) }
        return numbers(document.number(node), program.numbers[Int(limit)])
    }

    mutating func check(_ index: Int, text place: Int) -> Bool {
        let bytes = document.nodes[place].bytes
        switch program.instructions[index] {
        case .minLength(let limit):
            // A code point has one to four bytes.
            if bytes.count >= limit, bytes.count / 4 >= limit { return true }
            let length = document.codePointCount(bytes)
            return length >= limit || fail(index) { _ in "expected at least \(limit.counted("character")), found \(length)" }
        case .maxLength(let limit):
            if bytes.count <= limit { return true }
            let length = document.codePointCount(bytes)
            return length <= limit || fail(index) { _ in "expected at most \(limit.counted("character")), found \(length)" }
        case .pattern(let pattern):
            return matches(pattern, bytes)
                || fail(index) { "expected text that matches \($0.program.patterns[Int(pattern)]), found \($0.document.excerpt(place))" }
        case .format(let format):
            return format.accepts(document.text, bytes)
                || fail(index) { "expected \(format.wording), found \($0.document.excerpt(place))" }
        default: return true
        }
    }

    mutating func matches(_ pattern: Int32, _ bytes: Range<Int>) -> Bool {
        guard let answer = program.patterns[Int(pattern)].matches(document.text, bytes) else {
            excess = excess ?? .pattern
            return false
        }
        return answer
    }
}
