/// Looks at text eight bytes at a time. Byte by byte, the checks of bounds would take most of the time of reading.
///
/// The only file that loads words from memory. The load checks its bounds; it is called unsafe because it may be asked for types that
/// not every pattern of bits is a value of, which doesn't concern integers.
enum ByteScan {
    /// Goes over a string from behind its opening quote.
    ///
    /// - Returns: the offset of the closing quote, -1 if an escape, a control character or the end of the text comes first; and whether
    ///   all before it is ASCII.
    static func plainString(in bytes: Span<UInt8>, from start: Int) -> (quote: Int, isASCII: Bool) {
        let text = bytes.bytes
        var position = start
        var seen: UInt64 = 0
        while position &+ 8 <= text.byteCount {
            let word = word(text, position)
            let stops = stops(word)
            guard stops != 0 else {
                seen |= word
                position &+= 8
                continue
            }
            let offset = stops.trailingZeroBitCount
            // Bytes before the first stop only; of those behind it, `stops` may say too much.
            seen |= word & (1 << UInt64(offset & ~7) &- 1)
            position &+= offset / 8
            return (bytes[position] == UInt8(ascii: "\"") ? position : -1, seen & highBits == 0)
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { return (position, seen & highBits == 0) }
            if isStop(byte) { break }
            seen |= UInt64(byte)
            position &+= 1
        }
        return (-1, false)
    }

    /// Whether JSON takes UTF-8 as it stands, so that nothing needs an escape; and how many code points it has.
    static func survey(_ bytes: Span<UInt8>) -> (isPlain: Bool, codePoints: Int) {
        let text = bytes.bytes
        var (position, continuations) = (0, 0)
        var stopped: UInt64 = 0
        while position &+ 8 <= text.byteCount {
            let word = word(text, position)
            stopped |= stops(word)
            // The high bit is set, the next one isn't.
            continuations &+= (word & ~(word << 1) & highBits).nonzeroBitCount
            position &+= 8
        }
        let rest = text.byteCount &- position
        if rest > 0, position > 0 {
            // The last eight bytes, of which those that have been seen don't count again.
            let word = word(text, text.byteCount &- 8)
            stopped |= stops(word)
            continuations &+= ((word & ~(word << 1) & highBits) >> UInt64(64 &- rest &* 8)).nonzeroBitCount
            position &+= rest
        }
        while position < bytes.count {
            let byte = bytes[position]
            if isStop(byte) { stopped = 1 }
            if byte & 0xC0 == 0x80 { continuations &+= 1 }
            position &+= 1
        }
        return (stopped == 0, bytes.count &- continuations)
    }

    static func isPlain(_ bytes: Span<UInt8>) -> Bool { survey(bytes).isPlain }

    /// Whether `text` has `length` bytes at `start` that are those of `words`.
    ///
    /// - Parameter words: eight bytes each from `first` on, the last one filled with zeroes.
    static func equals(_ text: Span<UInt8>, at start: Int, _ words: [UInt64], from first: Int, length: Int) -> Bool {
        let bytes = text.bytes
        var (offset, index) = (0, first)
        while length &- offset >= 8 {
            guard start &+ offset &+ 8 <= bytes.byteCount, word(bytes, start &+ offset) == words[index] else { return false }
            offset &+= 8
            index &+= 1
        }
        let rest = length &- offset
        guard rest > 0 else { return true }
        let end = start &+ length
        guard end <= bytes.byteCount else { return false }
        let mask = 1 << UInt64(rest &* 8) &- 1 as UInt64
        if end &- rest &+ 8 <= bytes.byteCount { return word(bytes, end &- rest) & mask == words[index] }
        for place in 0..<rest where text[end - rest + place] != UInt8(truncatingIfNeeded: words[index] >> UInt64(place * 8)) { return false }
        return true
    }

    static func has(_ word: StaticString, in text: Span<UInt8>, at start: Int) -> Bool {
        guard start + word.utf8CodeUnitCount <= text.count else { return false }
        return word.withUTF8Buffer { word in
            for place in word.indices where word[place] != text[start + place] { return false }
            return true
        }
    }

    static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    private static func word(_ text: RawSpan, _ position: Int) -> UInt64 {
        UInt64(littleEndian: text.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Not zero if a quote, a backslash or a control character is in the word; then its lowest bit is the high bit of the first of them.
    @inline(__always)
    private static func stops(_ word: UInt64) -> UInt64 {
        zeroes(word ^ quotes) | zeroes(word ^ backslashes) | (word &- spaces) & ~word & highBits
    }

    /// The high bit of the lowest byte that is zero; none below it.
    @inline(__always)
    private static func zeroes(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & highBits }

    private static func isStop(_ byte: UInt8) -> Bool { byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let quotes: UInt64 = 0x2222_2222_2222_2222
    private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C
    private static let spaces: UInt64 = 0x2020_2020_2020_2020
}
