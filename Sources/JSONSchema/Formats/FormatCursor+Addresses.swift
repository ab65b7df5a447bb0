extension FormatCursor {
    /// RFC 9562.
    mutating func uuid() -> Bool {
        for (index, length) in [8, 4, 4, 4, 12].enumerated() {
            if index > 0, !take("-") { return false }
            for _ in 0..<length {
                guard let byte = rest.first, byte.isHexadecimal else { return false }
                rest.removeFirst()
            }
        }
        return true
    }

    /// Four numbers in decimal, without needless zeros, which some would read as octal.
    mutating func ipv4() -> Bool {
        for index in 0..<4 {
            if index > 0, !take(".") { return false }
            guard let first = rest.first, first.isDigit else { return false }
            var (value, digits) = (0, 0)
            while let byte = rest.first, byte.isDigit, digits < 4 {
                value = value * 10 + Int(byte - 48)
                digits += 1
                rest.removeFirst()
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
        while let byte = rest.first, byte.isHexadecimal {
            let before = rest
            let digits = skip { $0.isHexadecimal }
            if rest.first == UInt8(ascii: ".") {
                rest = before
                groups += 2
                guard ipv4() else { return false }
                break
            }
            guard digits <= 4 else { return false }
            groups += 1
            let beforeColon = rest
            guard take(":") else { break }
            if take(":") {
                guard !isShortened else { return false }
                isShortened = true
            } else if rest.first?.isHexadecimal != true {
                rest = beforeColon
                break
            }
        }
        return isShortened ? groups <= 7 : groups == 8
    }

    /// Mailbox of RFC 5321, 4.1.2.
    mutating func email() -> Bool {
        let start = rest
        guard take("\"") ? quotedLocalPart() : dotSeparated(where: { $0.isMailboxCharacter }) else { return false }
        guard start.count - rest.count <= 64, take("@") else { return false }
        guard take("[") else { return domain() }
        let ending = rest.prefix { $0 != UInt8(ascii: "]") }
        if rest.starts(with: "IPv6:".utf8) {
            rest = rest.dropFirst(5)
            guard ipv6() else { return false }
        } else if ending.first?.isDigit == true {
            guard ipv4() else { return false }
        } else {
            return false
        }
        return take("]")
    }

    private mutating func quotedLocalPart() -> Bool {
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard let escaped = rest.popFirst(), (32...126).contains(escaped) else { return false }
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
        let start = rest
        repeat {
            let label = rest.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
            guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
            rest = rest.dropFirst(label.count)
        } while take(".")
        return start.count - rest.count <= 255
    }
}

extension UInt8 {
    /// `atext` of RFC 5322.
    fileprivate var isMailboxCharacter: Bool { isLetter || isDigit || isOne(of: "!#$%&'*+-/=?^_`{|}~") }
}
