/// Decimals as whole numbers of a unit that is a power of ten, for arithmetic that is exact or fails.
struct DecimalGrid {
    /// The power of ten of the unit.
    let exponent: Int

    /// Fine enough for all of `numbers`, and by so many digits finer; `nil` if they are too large or too far apart.
    init?(_ numbers: [JSONNumber], finerBy digits: Int) {
        var smallest = 0
        for number in numbers {
            guard let small = number.smallDecimal else { return nil }
            smallest = min(smallest, small.exponent)
        }
        exponent = smallest - digits
        guard numbers.allSatisfy({ units($0) != nil }) else { return nil }
    }

    func units(_ number: JSONNumber) -> Int128? {
        guard let small = number.smallDecimal, (0...36).contains(small.exponent - exponent) else { return nil }
        var units = Int128(small.significand)
        for _ in 0..<(small.exponent - exponent) {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            units = product
        }
        return units
    }

    func number(_ units: Int128) -> JSONNumber {
        JSONNumber(negative: units < 0, digits: Array(String(units.magnitude).utf8)[...], exponent: exponent)
    }

    static func leastCommonMultiple(_ left: Int128, _ right: Int128) -> Int128? {
        var (a, b) = (left, right)
        while b != 0 { (a, b) = (b, a % b) }
        let (product, overflow) = (left / a).multipliedReportingOverflow(by: right)
        return overflow ? nil : product
    }
}

extension JSONNumber {
    fileprivate var smallDecimal: (significand: Int64, exponent: Int)? {
        switch form {
        case .integer(let value): (value, 0)
        case .scaled(let significand, let exponent): (significand, Int(exponent))
        case .large: nil
        }
    }
}
