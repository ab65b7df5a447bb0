/// A decimal with more significant digits than 64 bits hold.
final class LargeDecimal: Sendable, Hashable {
    let negative: Bool
    /// ASCII; neither the first nor the last is a zero.
    let digits: [UInt8]
    /// The power of ten that the last digit counts.
    let exponent: Int

    init(negative: Bool, digits: [UInt8], exponent: Int) {
        self.negative = negative
        self.digits = digits
        self.exponent = exponent
    }

    static func == (left: LargeDecimal, right: LargeDecimal) -> Bool {
        left.negative == right.negative && left.exponent == right.exponent && left.digits == right.digits
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(negative)
        hasher.combine(exponent)
        hasher.combine(digits)
    }
}
