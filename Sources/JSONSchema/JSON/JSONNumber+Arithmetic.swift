extension JSONNumber: Comparable {
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        if case (.integer(let left), .integer(let right)) = (left.form, right.form) { return left < right }
        let (leftSign, rightSign) = (left.sign, right.sign)
        guard leftSign == rightSign else { return leftSign < rightSign }
        switch leftSign {
        case 1: return left.hasSmallerMagnitude(than: right)
        case -1: return right.hasSmallerMagnitude(than: left)
        default: return false
        }
    }

    /// How many of something; `nil` for a fraction, and below zero. Where it is more than anything can have, the largest there is.
    var count: Int? {
        guard isInteger, sign >= 0 else { return nil }
        return int64.map { Int(clamping: $0) } ?? Int.max
    }

    /// -1, 0 or 1.
    private var sign: Int {
        switch form {
        case .integer(let value): Int(value.signum())
        case .scaled(let significand, _): Int(significand.signum())
        case .large(let decimal): decimal.negative ? -1 : 1
        }
    }

    /// For two numbers that are not zero.
    private func hasSmallerMagnitude(than other: JSONNumber) -> Bool {
        let (place, otherPlace) = (leadingPlace, other.leadingPlace)
        guard place == otherPlace else { return place < otherPlace }
        // The first digits stand at the same place, so two significands of 64 bits are at most nineteen places apart.
        if let mine = small, let others = other.small {
            let apart = mine.exponent - others.exponent
            let (up, otherUp) = (Self.powersOfTen[max(apart, 0)], Self.powersOfTen[max(-apart, 0)])
            return UInt128(mine.magnitude) * UInt128(up) < UInt128(others.magnitude) * UInt128(otherUp)
        }
        return digits.lexicographicallyPrecedes(other.digits)
    }

    /// The place of the first digit, counted from the point.
    private var leadingPlace: Int {
        if let small { return small.exponent + Self.powersOfTen.count { $0 <= small.magnitude } }
        return digits.count + exponent
    }

    private var small: (magnitude: UInt64, exponent: Int)? {
        switch form {
        case .integer(let value): (value.magnitude, 0)
        case .scaled(let significand, let exponent): (significand.magnitude, Int(exponent))
        case .large: nil
        }
    }

    private var digits: [UInt8] {
        switch form {
        case .integer(let value): Array(String(value.magnitude).utf8)
        case .scaled(let significand, _): Array(String(significand.magnitude).utf8)
        case .large(let decimal): decimal.digits
        }
    }

    private var exponent: Int {
        switch form {
        case .integer: 0
        case .scaled(_, let exponent): Int(exponent)
        case .large(let decimal): decimal.exponent
        }
    }
}

extension JSONNumber {
    /// A step that ``isMultiple(of:)`` can count in: positive, and with at most eighteen significant digits.
    var isStep: Bool {
        switch form {
        case .integer(let value): value > 0
        case .scaled(let significand, _): significand > 0
        case .large: false
        }
    }

    /// Exact; for a `step` that ``isStep``.
    func isMultiple(of step: JSONNumber) -> Bool {
        if case (.integer(let value), .integer(let step)) = (form, step.form), step > 0 { return value.isMultiple(of: step) }
        guard sign != 0 else { return true }
        guard let step = step.small, step.magnitude > 0 else { return false }
        // In lowest terms both are a significand without needless zeros times a power of ten.
        var (modulus, stepExponent) = (step.magnitude, step.exponent)
        while modulus.isMultiple(of: 10) { (modulus, stepExponent) = (modulus / 10, stepExponent + 1) }
        var (remainder, power) = (0 as UInt64, exponent)
        if var magnitude = small?.magnitude {
            while magnitude.isMultiple(of: 10) { (magnitude, power) = (magnitude / 10, power + 1) }
            remainder = magnitude % modulus
        } else {
            for digit in digits { remainder = Self.product(remainder, 10, plus: UInt64(digit - 48), modulo: modulus) }
        }
        // A multiple of the step ends with at least as many zeros, or has at most as many decimals.
        guard power >= stepExponent else { return false }
        var (factor, times) = (10 % modulus, power - stepExponent)
        while times > 0 {
            if !times.isMultiple(of: 2) { remainder = Self.product(remainder, factor, modulo: modulus) }
            factor = Self.product(factor, factor, modulo: modulus)
            times /= 2
        }
        return remainder == 0
    }

    private static func product(_ left: UInt64, _ right: UInt64, plus: UInt64 = 0, modulo modulus: UInt64) -> UInt64 {
        UInt64((UInt128(left) * UInt128(right) + UInt128(plus)) % UInt128(modulus))
    }
}
