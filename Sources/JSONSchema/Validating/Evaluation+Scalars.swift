extension Evaluation {
    mutating func check(_ index: Int32, _ number: JSONNumber) -> Bool {
        let program = program
        switch program.instructions[Int(index)] {
        case .minimum(let limit):
            if number >= program.numbers[Int(limit)] { return true }
            return fail(index, "expected at least \(program.numbers[Int(limit)]), found \(number.excerpt)")
        case .maximum(let limit):
            if number <= program.numbers[Int(limit)] { return true }
            return fail(index, "expected at most \(program.numbers[Int(limit)]), found \(number.excerpt)")
        case .exclusiveMinimum(let limit):
            if number > program.numbers[Int(limit)] { return true }
            return fail(index, "expected more than \(program.numbers[Int(limit)]), found \(number.excerpt)")
        case .exclusiveMaximum(let limit):
            if number < program.numbers[Int(limit)] { return true }
            return fail(index, "expected less than \(program.numbers[Int(limit)]), found \(number.excerpt)")
        case .multipleOf(let step):
            if number.isMultiple(of: program.numbers[Int(step)]) { return true }
            return fail(index, "expected a multiple of \(program.numbers[Int(step)]), found \(number.excerpt)")
        default: return true
        }
    }

    mutating func check(_ index: Int32, _ text: String) -> Bool {
        let program = program
        switch program.instructions[Int(index)] {
        case .minLength(let limit):
            let length = text.codePointCount
            return length >= limit || fail(index, "expected at least \(limit.counted("character")), found \(length)")
        case .maxLength(let limit):
            let length = text.codePointCount
            return length <= limit || fail(index, "expected at most \(limit.counted("character")), found \(length)")
        case .pattern(let pattern): return matches(pattern, text) || fail(index, "expected text that matches \(program.patterns[Int(pattern)]), found \(text.excerpt)")
        case .format(let format): return format.accepts(text) || fail(index, "expected \(format.wording), found \(text.excerpt)")
        default: return true
        }
    }

    mutating func matches(_ pattern: Int32, _ text: String) -> Bool {
        guard let answer = program.patterns[Int(pattern)].matches(text) else {
            excess = excess ?? .pattern
            return false
        }
        return answer
    }
}
