extension JSONScanner {
    mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        let negative = next == UInt8(ascii: "-")
        if negative { position += 1 }
        let whole = position
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        let afterWhole = position
        guard let follower = next, follower == UInt8(ascii: ".") || follower | 0x20 == UInt8(ascii: "e") else {
            // Eighteen digits always fit.
            if afterWhole - whole <= 18 {
                var value: Int64 = 0
                for place in whole..<afterWhole { value = value &* 10 &+ Int64(bytes[place] &- 48) }
                return JSONNumber(negative ? -value : value)
            }
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
