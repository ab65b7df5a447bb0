/// A JSON number, exactly as a decimal. Equal numbers are equal however they are written: `1`, `1.0`, `10e-1`.
///
/// Up to eighteen significant digits take no memory of their own. No operation takes longer than in proportion to the digits that were
/// written: `1e999999999` is never multiplied out.
public struct JSONNumber: Sendable, Hashable {
    /// Each number has exactly one form, the first that can hold it.
    enum Form: Sendable, Hashable {
        case integer(Int64)
        /// `significand` times ten to the `exponent`; the significand doesn't end with a zero.
        case scaled(significand: Int64, exponent: Int32)
        case large(LargeDecimal)
    }

    let form: Form

    public init(_ value: Int64) { form = .integer(value) }
    public init(_ value: Int) { form = .integer(Int64(value)) }

    /// In lowest terms: the significand doesn't end with a zero, and the value doesn't fit an `Int64`.
    init(significand: Int64, exponent: Int16) { form = .scaled(significand: significand, exponent: Int32(exponent)) }

    /// The shortest decimal that reads back as `value`; `nil` for infinities and for what is no number.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = "\(value)"
        self.init(text: text)
    }

    /// `nil` for what is no JSON number, and for one beyond the limits of ``JSONLimits/default``.
    public init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let last = bytes.last, (48...57).contains(last), case .number(let number)? = try? JSONParser.parse(bytes),
            let first = bytes.first, first == UInt8(ascii: "-") || (48...57).contains(first)
        else { return nil }
        self = number
    }

    /// - Parameters:
    ///   - digits: ASCII digits, without a point.
    ///   - exponent: the power of ten that the last digit counts.
    init(negative: Bool, digits: ArraySlice<UInt8>, exponent: Int) {
        var digits = digits.drop { $0 == 48 }
        var exponent = exponent
        while digits.last == 48 {
            digits.removeLast()
            exponent += 1
        }
        guard !digits.isEmpty else {
            form = .integer(0)
            return
        }
        if digits.count <= 19 {
            let magnitude = digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - 48) }
            if exponent >= 0, digits.count + exponent <= 19 {
                let whole = magnitude * Self.powersOfTen[exponent]
                if negative ? whole <= Int64.min.magnitude : whole <= Int64.max.magnitude {
                    form = .integer(negative ? Int64(truncatingIfNeeded: 0 &- whole) : Int64(whole))
                    return
                }
            }
            if magnitude <= Int64.max.magnitude, let exponent = Int32(exactly: exponent) {
                form = .scaled(significand: negative ? -Int64(magnitude) : Int64(magnitude), exponent: exponent)
                return
            }
        }
        form = .large(LargeDecimal(negative: negative, digits: Array(digits), exponent: exponent))
    }

    /// All that 64 bits without a sign can hold.
    static let powersOfTen: [UInt64] = (0..<20).map { (0..<$0).reduce(1 as UInt64) { power, _ in power * 10 } }

    /// `nil` unless it is a whole number that fits.
    public var int64: Int64? {
        guard case .integer(let value) = form else { return nil }
        return value
    }

    public var isInteger: Bool {
        switch form {
        case .integer: true
        case .scaled(_, let exponent): exponent >= 0
        case .large(let decimal): decimal.exponent >= 0
        }
    }

    /// The nearest double; infinite beyond its range.
    public var double: Double {
        if case .integer(let value) = form { return Double(value) }
        return Double(description) ?? .nan
    }
}

extension JSONNumber: CustomStringConvertible {
    /// JSON text, the same for equal numbers: in full where that takes no more than forty digits, or no zeros; else with an exponent.
    public var description: String {
        let (negative, digits, exponent): (Bool, String, Int)
        switch form {
        case .integer(let value): return String(value)
        case .scaled(let significand, let power):
            (negative, digits, exponent) = (significand < 0, String(significand.magnitude), Int(power))
        case .large(let decimal):
            (negative, digits, exponent) = (decimal.negative, String(decoding: decimal.digits, as: UTF8.self), decimal.exponent)
        }
        let sign = negative ? "-" : ""
        let point = digits.utf8.count + exponent
        if exponent == 0 || (exponent > 0 && point <= 40) { return sign + digits + String(repeating: "0", count: exponent) }
        if exponent < 0, point > 0 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        if exponent < 0, point > -20 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        return "\(sign)\(digits)e\(exponent)"
    }
}
