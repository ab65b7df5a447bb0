/// The bounds and steps of a number.
struct NumberDemands: Sendable {
    struct Bound: Sendable {
        var value: JSONNumber
        var isInclusive: Bool
    }

    private(set) var lower: Bound?
    private(set) var upper: Bound?
    var multiples: [JSONNumber] = []
    var nonMultiples: [JSONNumber] = []

    mutating func apply(_ instruction: SchemaInstruction, _ program: SchemaProgram, _ holds: Bool) {
        switch instruction {
        case .minimum(let limit):
            if holds { atLeast(program.numbers[Int(limit)], inclusive: true) } else { atMost(program.numbers[Int(limit)], inclusive: false) }
        case .maximum(let limit):
            if holds { atMost(program.numbers[Int(limit)], inclusive: true) } else { atLeast(program.numbers[Int(limit)], inclusive: false) }
        case .exclusiveMinimum(let limit):
            if holds { atLeast(program.numbers[Int(limit)], inclusive: false) } else { atMost(program.numbers[Int(limit)], inclusive: true) }
        case .exclusiveMaximum(let limit):
            if holds { atMost(program.numbers[Int(limit)], inclusive: false) } else { atLeast(program.numbers[Int(limit)], inclusive: true) }
        case .multipleOf(let step):
            if holds { multiples.append(program.numbers[Int(step)]) } else { nonMultiples.append(program.numbers[Int(step)]) }
        default: break
        }
    }

    private mutating func atLeast(_ value: JSONNumber, inclusive: Bool) {
        if let lower, lower.value > value || (lower.value == value && !lower.isInclusive) { return }
        lower = Bound(value: value, isInclusive: inclusive)
    }

    private mutating func atMost(_ value: JSONNumber, inclusive: Bool) {
        if let upper, upper.value < value || (upper.value == value && !upper.isInclusive) { return }
        upper = Bound(value: value, isInclusive: inclusive)
    }
}
