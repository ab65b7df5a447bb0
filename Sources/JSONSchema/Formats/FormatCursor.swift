/// Goes over the bytes of a text. What it finds it takes; what it doesn't find it leaves where it is.
struct FormatCursor {
    let text: [UInt8]
    let end: Int
    var position: Int

    init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        (position, end) = (range.lowerBound, range.upperBound)
    }

    var isAtEnd: Bool { position == end }

    var next: UInt8? { position < end ? text[position] : nil }

    /// The byte at hand is taken, whatever it is.
    mutating func takeNext() -> UInt8? {
        guard position < end else { return nil }
        position += 1
        return text[position - 1]
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = next, UInt32(byte) == scalar.value else { return false }
        position += 1
        return true
    }

    mutating func take(text literal: StaticString) -> Bool {
        guard literal.utf8CodeUnitCount <= end - position else { return false }
        let isThere = literal.withUTF8Buffer { literal in
            for offset in Indexes(0..<literal.count) where text[position + offset] != literal[offset] { return false }
            return true
        }
        guard isThere else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    /// Either case of an ASCII letter, given in lower case.
    mutating func takeLetter(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = next, UInt32(byte | 0x20) == scalar.value else { return false }
        position += 1
        return true
    }

    /// Exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        guard end - position >= digits else { return nil }
        var value = 0
        for offset in Indexes(0..<digits) {
            let byte = text[position + offset]
            guard byte.isDigit else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    /// As many as there are.
    mutating func skip(while isMeant: (UInt8) -> Bool) -> Int {
        let start = position
        while position < end, isMeant(text[position]) { position += 1 }
        return position - start
    }

    mutating func skipDigits() -> Int { skip { $0.isDigit } }
}

extension UInt8 {
    var isDigit: Bool { (48...57).contains(self) }
    var isLetter: Bool { (97...122).contains(self | 0x20) }
    var isHexadecimal: Bool { isDigit || (97...102).contains(self | 0x20) }

    func isOne(of characters: StaticString) -> Bool {
        characters.withUTF8Buffer { $0.contains(self) }
    }
}
