extension JSONReader {
    /// - Parameter length: in code points.
    public mutating func string(
        length: ClosedRange<Int> = 0...Int.max, pattern: TextPattern? = nil, format: Format? = nil
    ) throws(JSONRefusal) -> String {
        skipSpace()
        let start = position
        let (end, isASCII) = try plainString()
        guard end >= 0 else { return try escapedString(length: length, pattern: pattern, format: format) }
        let range = start + 1..<end - 1
        if !isASCII { try check(UTF8Check.isValid(bytes, range), "UTF-8") }
        let text = bytes.span.extracting(range)
        try check(length.contains(isASCII ? text.count : ByteScan.codePoints(text)), "a string of another length")
        if let pattern { try check(pattern.matches(bytes, range), "a string that matches the pattern") }
        if let format { try check(format.accepts(bytes, range), "a string of the format") }
        return ByteCopy.string(text)
    }

    private mutating func escapedString(
        length: ClosedRange<Int>, pattern: TextPattern?, format: Format?
    ) throws(JSONRefusal) -> String {
        let text = try parse("a string") { scanner throws(JSONParseError) in try scanner.string() }
        try check(length.contains(text.codePointCount), "a string of another length")
        if let pattern { try check(pattern.matches(text), "a string that matches the pattern") }
        if let format { try check(format.accepts(text), "a string of the format") }
        return text
    }

    /// Passes over the string at hand.
    ///
    /// - Returns: the offset behind it, or -1, and the string unread, for one that takes a closer look; whether it is all ASCII.
    @inline(__always)
    mutating func plainString() throws(JSONRefusal) -> (end: Int, isASCII: Bool) {
        guard next == UInt8(ascii: "\"") else { throw refusal("a string") }
        let (quote, isASCII) = ByteScan.plainString(in: bytes.span, from: position &+ 1)
        guard quote >= 0 else { return (-1, false) }
        position = quote &+ 1
        return (position, isASCII)
    }

    /// A whole number, however it is written.
    public mutating func integer(
        in range: ClosedRange<Int> = Int.min...Int.max, multipleOf step: Int = 1
    ) throws(JSONRefusal) -> Int {
        skipSpace()
        let value = try anyInteger()
        guard range.contains(value), step == 1 || value.isMultiple(of: step) else { throw refusal("another number") }
        return value
    }

    private mutating func anyInteger() throws(JSONRefusal) -> Int {
        let start = position
        if let (value, end) = Self.plainInteger(in: bytes.span, from: start) {
            position = end
            return value
        }
        guard next == UInt8(ascii: "-") || next.isDigit else { throw refusal("a whole number") }
        let number = try parse("a whole number") { scanner throws(JSONParseError) in try scanner.number() }
        guard case .integer(let value) = number.form else { throw JSONRefusal(offset: start, expected: "a whole number of 64 bits") }
        return Int(value)
    }

    /// Digits without more, and only as many as always fit.
    @inline(__always)
    private static func plainInteger(in bytes: Span<UInt8>, from start: Int) -> (value: Int, end: Int)? {
        let isNegative = start < bytes.count && bytes[start] == UInt8(ascii: "-")
        let first = isNegative ? start &+ 1 : start
        var position = first
        var value = 0
        while position < bytes.count {
            let digit = bytes[position] &- 48
            guard digit < 10 else { break }
            // Of no use where there are too many.
            value = value &* 10 &+ Int(digit)
            position &+= 1
        }
        guard (1...18).contains(position &- first), bytes[first] != 48 || position == first &+ 1 else { return nil }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] | 0x20 == UInt8(ascii: "e") { return nil }
        return (isNegative ? 0 &- value : value, position)
    }

    public mutating func bool() throws(JSONRefusal) -> Bool {
        skipSpace()
        let value = next == UInt8(ascii: "t")
        guard ByteScan.has(value ? "true" : "false", in: bytes.span, at: position) else { throw refusal("true or false") }
        position += value ? 4 : 5
        return value
    }

    /// A string that is one of these.
    @inlinable
    public mutating func choice<Value>(of names: JSONNames<Value>) throws(JSONRefusal) -> Value {
        names.values[try choice(names.table)]
    }

    @usableFromInline
    mutating func choice(_ names: NameTable) throws(JSONRefusal) -> Int {
        skipSpace()
        let number = try name(names).number
        guard number >= 0 else { throw refusal("another value") }
        return number
    }
}
