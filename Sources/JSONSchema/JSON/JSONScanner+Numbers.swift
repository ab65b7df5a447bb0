extension JSONScanner {
    /// A number of at most eighteen digits, without an exponent; `nil`, and nothing read, for any other one.
    mutating func plainNumber() -> JSONNode? {
        let most = min(limits.digits, 18)
        let isNegative = next == UInt8(ascii: "-")
        let first = isNegative ? position + 1 : position
        var end = first
        var value: Int64 = 0
        skipDigits(&end, &value)
        guard end > first, end - first <= most, bytes[first] != 48 || end == first + 1 else { return nil }
        var exponent: Int16 = 0
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
            let fraction = end + 1
            end = fraction
            skipDigits(&end, &value)
            guard end > fraction, end - first <= most + 1 else { return nil }
            exponent = -Int16(end - fraction)
            while exponent < 0, value.isMultiple(of: 10) {
                value /= 10
                exponent += 1
            }
        }
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") { return nil }
        position = end
        if isNegative { value = -value }
        return exponent == 0 ? .integer(value, end: nodes.count + 1) : .decimal(value, exponent: exponent, end: nodes.count + 1)
    }

    /// Digits go to `value`, which is of no use where there are too many.
    private func skipDigits(_ end: inout Int, _ value: inout Int64) {
        while end < bytes.count, bytes[end] &- 48 < 10 {
            value = value &* 10 &+ Int64(bytes[end] &- 48)
            end += 1
        }
    }

    mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        let negative = next == UInt8(ascii: "-")
        if negative { position += 1 }
        let whole = position
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        let afterWhole = position
        guard let follower = next, follower == UInt8(ascii: ".") || follower | 0x20 == UInt8(ascii: "e") else {
            try checkDigits(afterWhole - whole, of: start)
            return JSONNumber(negative: negative, digits: bytes[whole..<afterWhole], exponent: 0)
        }
        var significand = bytes[whole..<afterWhole]
        var exponent = 0
        if follower == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            try digits()
            significand += bytes[fraction..<position]
            exponent = fraction - position
        }
        try checkDigits(significand.count, of: start)
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            let minus = next == UInt8(ascii: "-")
            if minus || next == UInt8(ascii: "+") { position += 1 }
            let first = position
            try digits()
            let power = bytes[first..<position].drop { $0 == 48 }
            // Nobody means such a number, and sums of shorter exponents can't overflow.
            guard power.count <= 9 else { throw error("the exponent of this number is out of all bounds", at: start) }
            let value = power.reduce(0) { $0 * 10 + Int($1 - 48) }
            exponent += minus ? -value : value
        }
        return JSONNumber(negative: negative, digits: significand, exponent: exponent)
    }

    private mutating func digits() throws(JSONParseError) {
        let start = position
        while position < bytes.count, bytes[position] &- 48 < 10 { position += 1 }
        guard position > start else { throw error("a digit is expected here") }
    }

    private func checkDigits(_ count: Int, of start: Int) throws(JSONParseError) {
        guard count <= limits.digits else { throw error("the number has \(count) digits, the limit is \(limits.digits)", at: start) }
    }
}
