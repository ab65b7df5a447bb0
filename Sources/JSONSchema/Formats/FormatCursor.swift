/// Goes over the bytes of a text. What it finds it takes; what it doesn't find it leaves where it is.
struct FormatCursor {
    var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipAll() { rest = rest.dropFirst(rest.count) }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == scalar.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Either case of an ASCII letter, given in lower case.
    mutating func takeLetter(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte | 0x20) == scalar.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = rest.first, (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
            rest.removeFirst()
        }
        return value
    }

    /// As many as there are.
    mutating func skip(while isMeant: (UInt8) -> Bool) -> Int {
        var count = 0
        while let byte = rest.first, isMeant(byte) {
            rest.removeFirst()
            count += 1
        }
        return count
    }

    mutating func skipDigits() -> Int { skip { (48...57).contains($0) } }
}

extension UInt8 {
    var isDigit: Bool { (48...57).contains(self) }
    var isLetter: Bool { (97...122).contains(self | 0x20) }
    var isHexadecimal: Bool { isDigit || (97...102).contains(self | 0x20) }

    func isOne(of characters: StaticString) -> Bool {
        characters.withUTF8Buffer { $0.contains(self) }
    }
}
