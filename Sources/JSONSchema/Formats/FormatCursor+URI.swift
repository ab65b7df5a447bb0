/// RFC 3986, appendix A.
extension FormatCursor {
    mutating func uri() -> Bool {
        guard scheme() else { return false }
        return hierarchyAndMore(firstSegmentMayHaveColon: true)
    }

    mutating func uriReference() -> Bool {
        let start = position
        if scheme() { return hierarchyAndMore(firstSegmentMayHaveColon: true) }
        position = start
        return hierarchyAndMore(firstSegmentMayHaveColon: false)
    }

    private mutating func scheme() -> Bool {
        guard next?.isLetter == true else { return false }
        _ = skip { $0.isLetter || $0.isDigit || $0.isOne(of: "+-.") }
        return take(":")
    }

    private mutating func hierarchyAndMore(firstSegmentMayHaveColon: Bool) -> Bool {
        if take(text: "//") {
            guard authority() else { return false }
            guard isAtEnd || next?.isOne(of: "/?#") == true else { return false }
        } else if !firstSegmentMayHaveColon {
            guard characters({ $0.isOne(of: "@") }) else { return false }
            guard next != UInt8(ascii: ":") else { return false }
        }
        guard characters({ $0.isOne(of: ":@/") }) else { return false }
        if take("?") { guard characters({ $0.isOne(of: ":@/?") }) else { return false } }
        if take("#") { guard characters({ $0.isOne(of: ":@/?") }) else { return false } }
        return isAtEnd
    }

    private mutating func authority() -> Bool {
        let beforeHost = position
        if characters({ $0 == UInt8(ascii: ":") }), take("@") {} else { position = beforeHost }
        if take("[") {
            guard address() else { return false }
        } else {
            guard characters({ _ in false }) else { return false }
        }
        if take(":") { _ = skipDigits() }
        return true
    }

    /// What stands in brackets: an IPv6 address, or one of a later version.
    private mutating func address() -> Bool {
        if takeLetter("v") {
            guard skip(while: { $0.isHexadecimal }) > 0, take("."), characters({ $0 == UInt8(ascii: ":") }) else { return false }
        } else {
            guard ipv6() else { return false }
        }
        return take("]")
    }

    /// Unreserved characters, sub-delimiters, percent escapes, and more.
    ///
    /// - Returns: false for a percent sign that begins no escape.
    private mutating func characters(_ more: (UInt8) -> Bool) -> Bool {
        while let byte = next {
            if take("%") {
                guard takeNext()?.isHexadecimal == true, takeNext()?.isHexadecimal == true else { return false }
            } else if byte.isLetter || byte.isDigit || byte.isOne(of: "-._~!$&'()*+,;=") || more(byte) {
                position += 1
            } else {
                break
            }
        }
        return true
    }
}
