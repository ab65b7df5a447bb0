extension JSONScanner {
    /// A string as a Swift string.
    mutating func string() throws(JSONParseError) -> String {
        let range = try text().bytes
        guard range.lowerBound >= bytes.count else { return String(decoding: bytes[range], as: UTF8.self) }
        return String(decoding: unescaped[range.lowerBound - bytes.count..<range.upperBound - bytes.count], as: UTF8.self)
    }

    /// A string as a node: where its bytes are. Most strings have no escape and stay where they stand.
    mutating func text() throws(JSONParseError) -> JSONNode {
        position += 1
        let start = position
        let isASCII = skipPlain()
        if next == UInt8(ascii: "\"") {
            if !isASCII, !UTF8Check.isValid(bytes, start..<position) { throw invalid(at: start) }
            position += 1
            return .text(start: start, count: position - 1 - start, end: nodes.count + 1)
        }
        let unescapedStart = unescaped.count
        unescaped += bytes[start..<position]
        while true {
            switch next {
            case UInt8(ascii: "\""):
                guard UTF8Check.isValid(unescaped, unescapedStart..<unescaped.count) else { throw invalid(at: start) }
                position += 1
                return .text(start: bytes.count + unescapedStart, count: unescaped.count - unescapedStart, end: nodes.count + 1)
            case UInt8(ascii: "\\"): try escape()
            case nil: throw error("the text ends within a string")
            default: throw error("a control character in a string must be escaped")
            }
            let plain = position
            _ = skipPlain()
            unescaped += bytes[plain..<position]
        }
    }

    private func invalid(at start: Int) -> JSONParseError { error("the string that begins here is not valid UTF-8", at: start) }

    /// Up to a quote, an escape, or what must be escaped; tells whether all of it is ASCII.
    private mutating func skipPlain() -> Bool {
        var bits: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            bits |= byte
            position += 1
        }
        return bits < 0x80
    }

    private mutating func escape() throws(JSONParseError) {
        let start = position
        position += 1
        guard let byte = next else { throw error("the text ends within a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: UTF8.encode(try codePoint(from: start)) ?? .init())
        default: throw error("this escape is not one of JSON's", at: start)
        }
    }

    /// What follows `\u`, and the escape of the low surrogate that follows a high one.
    private mutating func codePoint(from start: Int) throws(JSONParseError) -> Unicode.Scalar {
        var code = try codeUnit()
        if code >= 0xD800, code < 0xDC00, next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") {
            position += 2
            let low = try codeUnit()
            if low >= 0xDC00, low < 0xE000 { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
        }
        guard let scalar = Unicode.Scalar(code) else { throw error("a surrogate stands alone: it is no character", at: start) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONParseError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Self.hexadecimal(byte) else {
                throw error("four hexadecimal digits are expected here")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
