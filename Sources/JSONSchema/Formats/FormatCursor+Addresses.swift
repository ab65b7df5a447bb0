extension FormatCursor {
    /// RFC 9562.
    mutating func uuid() -> Bool {
        guard end - position >= 36, ByteScan.isUUID(text.span, at: position) else { return false }
        position += 36
        return true
    }

    /// Four numbers in decimal, without needless zeros, which some would read as octal.
    mutating func ipv4() -> Bool {
        for index in Indexes(0..<4) {
            if index > 0, !take(".") { return false }
            guard let first = next, first.isDigit else { return false }
            var (value, digits) = (0, 0)
            while let byte = next, byte.isDigit, digits < 4 {
                value = value * 10 + Int(byte - 48)
                digits += 1
                position += 1
            }
            guard value <= 255, digits <= 3, digits == 1 || first != 48 else { return false }
        }
        return true
    }

    /// RFC 4291, 2.2, without a zone.
    mutating func ipv6() -> Bool {
        var groups = 0
        var isShortened = false
        if take(":") {
            guard take(":") else { return false }
            isShortened = true
        }
        while let byte = next, byte.isHexadecimal {
            let before = position
            let digits = skip { $0.isHexadecimal }
            if next == UInt8(ascii: ".") {
                position = before
                groups += 2
                guard ipv4() else { return false }
                break
            }
            guard digits <= 4 else { return false }
            groups += 1
            let beforeColon = position
            guard take(":") else { break }
            if take(":") {
                guard !isShortened else { return false }
                isShortened = true
            } else if next?.isHexadecimal != true {
                position = beforeColon
                break
            }
        }
        return isShortened ? groups <= 7 : groups == 8
    }

    /// Mailbox of RFC 5321, 4.1.2.
    mutating func email() -> Bool {
        let start = position
        guard take("\"") ? quotedLocalPart() : dotSeparated(where: { $0.isMailboxCharacter }) else { return false }
        guard position - start <= 64, take("@") else { return false }
        guard take("[") else { return domain() }
        if takeLetter("i") {
            guard takeLetter("p"), takeLetter("v"), take("6"), take(":"), ipv6() else { return false }
        } else if next?.isDigit == true {
            guard ipv4() else { return false }
        } else {
            return false
        }
        return take("]")
    }

    private mutating func quotedLocalPart() -> Bool {
        while let byte = takeNext() {
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard let escaped = takeNext(), (32...126).contains(escaped) else { return false }
            case 32...126: break
            default: return false
            }
        }
        return false
    }

    private mutating func dotSeparated(where isMeant: (UInt8) -> Bool) -> Bool {
        repeat { if skip(while: isMeant) == 0 { return false } } while take(".")
        return true
    }

    /// Labels of letters, digits and hyphens (RFC 1123, 2.1).
    private mutating func domain() -> Bool {
        let start = position
        repeat {
            guard next != UInt8(ascii: "-") else { return false }
            var last: UInt8 = 0
            let length = skip { byte in
                guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") else { return false }
                last = byte
                return true
            }
            guard (1...63).contains(length), last != UInt8(ascii: "-") else { return false }
        } while take(".")
        return position - start <= 255
    }
}

extension UInt8 {
    /// `atext` of RFC 5322.
    fileprivate var isMailboxCharacter: Bool { isLetter || isDigit || isOne(of: "!#$%&'*+-/=?^_`{|}~") }
}
