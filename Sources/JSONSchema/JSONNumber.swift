/// A JSON number, exactly as a decimal: sign, digits without needless zeros, and a power of ten.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    private enum Form: Sendable, Hashable {
        case integer(Int64)
        /// Digits as text, first and last not zero, times ten to the exponent; never what ``integer`` could hold.
        case decimal(negative: Bool, digits: String, exponent: Int)
    }

    private let form: Form

    public init(_ value: Int64) { form = .integer(value) }
    public init(_ value: Int) { form = .integer(Int64(value)) }

    /// `nil` for what is no JSON number, and for an exponent of more than nine digits.
    public init?(text: some StringProtocol) {
        var rest = Substring(text)
        let negative = rest.first == "-"
        if negative { rest = rest.dropFirst() }
        let mantissa = rest.prefix { $0 != "e" && $0 != "E" }
        var exponent = 0
        if mantissa.endIndex != rest.endIndex {
            let digits = rest[mantissa.endIndex...].dropFirst()
            guard digits.utf8.count <= 10, let value = Int(digits) else { return nil }
            exponent = value
        }
        let parts = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty else { return nil }
        var digits = String(whole)
        if parts.count == 2 {
            guard !parts[1].isEmpty else { return nil }
            digits += parts[1]
            exponent -= parts[1].utf8.count
        }
        guard digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        while digits.utf8.count > 1, digits.utf8.last == 48 {
            digits.removeLast()
            exponent += 1
        }
        digits = String(digits.drop { $0 == "0" })
        guard !digits.isEmpty else {
            form = .integer(0)
            return
        }
        if exponent >= 0, exponent + digits.utf8.count <= 19 {
            let text = (negative ? "-" : "") + digits + String(repeating: "0", count: exponent)
            if let value = Int64(text) {
                form = .integer(value)
                return
            }
        }
        form = .decimal(negative: negative, digits: digits, exponent: exponent)
    }

    /// `nil` unless it is a whole number that fits.
    public var int64: Int64? {
        guard case .integer(let value) = form else { return nil }
        return value
    }

    public var isInteger: Bool {
        switch form {
        case .integer: true
        case .decimal(_, _, let exponent): exponent >= 0
        }
    }

    /// The nearest double; infinite beyond its range.
    public var double: Double {
        switch form {
        case .integer(let value): Double(value)
        case .decimal: Double(description) ?? .nan
        }
    }

    public var description: String {
        switch form {
        case .integer(let value):
            return String(value)
        case .decimal(let negative, let digits, let exponent):
            let sign = negative ? "-" : ""
            let point = digits.utf8.count + exponent
            if exponent >= 0, point <= 40 { return sign + digits + String(repeating: "0", count: exponent) }
            if exponent < 0, point > 0 {
                return sign + digits.prefix(point) + "." + digits.dropFirst(point)
            }
            if exponent < 0, point > -20 { return sign + "0." + String(repeating: "0", count: -point) + digits }
            return "\(sign)\(digits)e\(exponent)"
        }
    }
}

extension JSONNumber: Comparable {
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left.form, right.form) {
        case (.integer(let left), .integer(let right)): return left < right
        default: break
        }
        let (leftNegative, leftDigits, leftExponent) = left.parts
        let (rightNegative, rightDigits, rightExponent) = right.parts
        if leftDigits == "0" { return !rightNegative && rightDigits != "0" }
        if rightDigits == "0" { return leftNegative }
        if leftNegative != rightNegative { return leftNegative }
        let leftPoint = leftDigits.utf8.count + leftExponent
        let rightPoint = rightDigits.utf8.count + rightExponent
        let smaller = leftPoint == rightPoint ? leftDigits < rightDigits : leftPoint < rightPoint
        let equal = leftPoint == rightPoint && leftDigits == rightDigits
        return equal ? false : smaller != leftNegative
    }

    private var parts: (negative: Bool, digits: String, exponent: Int) {
        switch form {
        case .decimal(let negative, let digits, let exponent): return (negative, digits, exponent)
        case .integer(let value):
            var digits = String(value.magnitude)
            var exponent = 0
            while digits.utf8.count > 1, digits.utf8.last == 48 {
                digits.removeLast()
                exponent += 1
            }
            return (value < 0, digits, exponent)
        }
    }
}
