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
        case .minimum(let index):
            let limit = program.numbers[Int(index)]
            if holds { atLeast(limit, inclusive: true) } else { atMost(limit, inclusive: false) }
        case .maximum(let index):
            let limit = program.numbers[Int(index)]
            if holds { atMost(limit, inclusive: true) } else { atLeast(limit, inclusive: false) }
        case .exclusiveMinimum(let index):
            let limit = program.numbers[Int(index)]
            if holds { atLeast(limit, inclusive: false) } else { atMost(limit, inclusive: true) }
        case .exclusiveMaximum(let index):
            let limit = program.numbers[Int(index)]
            if holds { atMost(limit, inclusive: false) } else { atLeast(limit, inclusive: true) }
        case .multipleOf(let index):
            let step = program.numbers[Int(index)]
            if holds { multiples.append(step) } else { nonMultiples.append(step) }
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
