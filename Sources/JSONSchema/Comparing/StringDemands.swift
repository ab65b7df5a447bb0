/// The length of a string, and what it matches.
struct StringDemands: Sendable {
    private(set) var minimum = 0
    private(set) var maximum = Int.max
    var patterns: [ExactText: Bool] = [:]
    private(set) var formats: [Format: Bool] = [:]

    mutating func apply(_ instruction: SchemaInstruction, _ program: SchemaProgram, _ holds: Bool) {
        switch instruction {
        case .minLength(let limit): if holds { minimum = max(minimum, limit) } else { maximum = min(maximum, limit - 1) }
        case .maxLength(let limit): if holds { maximum = min(maximum, limit) } else { atLeastMore(than: limit) }
        case .pattern(let pattern):
            let text = ExactText(program.patterns[Int(pattern)].text)
            if patterns.updateValue(holds, forKey: text) == !holds { maximum = -1 }
        case .format(let format): if formats.updateValue(holds, forKey: format) == !holds { maximum = -1 }
        default: break
        }
    }

    private mutating func atLeastMore(than limit: Int) {
        if limit == .max { maximum = -1 } else { minimum = max(minimum, limit + 1) }
    }
}
