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

    /// Whether JSON takes UTF-8 as it stands, so that nothing needs an escape.
    static func isPlain(_ text: Span<UInt8>) -> Bool {
        for position in Indexes(0..<text.count) where isStop(text[position]) { return false }
        return true
    }

    /// How many code points UTF-8 has.
    static func codePoints(_ text: Span<UInt8>) -> Int {
        var count = 0
        for position in Indexes(0..<text.count) where text[position] & 0xC0 != 0x80 { count &+= 1 }
        return count
    }

    /// Whether `text` has `length` bytes at `start` that are those of `words`, at least one.
    ///
    /// - Parameter words: eight bytes each from `first` on, the last one filled with zeroes.
    @inline(__always)
    static func equals(_ text: Span<UInt8>, at start: Int, _ words: [UInt64], from first: Int, length: Int) -> Bool {
        let bytes = text.bytes
        let last = (length &- 1) &>> 3
        guard start &+ last &* 8 &+ 8 <= bytes.byteCount else { return equalsBeforeEnd(text, at: start, words, from: first, length: length) }
        var difference: UInt64 = 0
        var index = 0
        while index < last {
            difference |= word(bytes, start &+ index &* 8) ^ words[first &+ index]
            index &+= 1
        }
        // The first byte is the lowest one: what stands behind the last is shifted out.
        let tail = word(bytes, start &+ last &* 8) ^ words[first &+ last]
        return difference | tail &<< UInt64(truncatingIfNeeded: 0 &- length &* 8) == 0
    }

    /// Where the last word would reach beyond the text.
    private static func equalsBeforeEnd(_ text: Span<UInt8>, at start: Int, _ words: [UInt64], from first: Int, length: Int) -> Bool {
        guard start + length <= text.count else { return false }
        for place in 0..<length {
            guard text[start + place] == UInt8(truncatingIfNeeded: words[first + place / 8] >> UInt64(place % 8 * 8)) else { return false }
        }
        return true
    }

    /// Whether a UUID stands at `start`, in either case.
    static func isUUID(_ text: Span<UInt8>, at start: Int) -> Bool {
        let bytes = text.bytes
        guard bytes.byteCount &- start >= 36 else { return false }
        let middle = (word(bytes, start &+ 8), word(bytes, start &+ 16))
        // Hyphens at 8 and 13, at 18 and 23; an exclusive or makes zeroes of them.
        let hyphens = (0x0000_2D00_0000_002D as UInt64, 0x2D00_0000_002D_0000 as UInt64)
        let masks = (0x0000_FF00_0000_00FF as UInt64, 0xFF00_0000_00FF_0000 as UInt64)
        let zeroes = (0x0000_1D00_0000_001D as UInt64, 0x1D00_0000_001D_0000 as UInt64)
        guard middle.0 & masks.0 == hyphens.0, middle.1 & masks.1 == hyphens.1 else { return false }
        return isHexadecimal(word(bytes, start)) && isHexadecimal(middle.0 ^ zeroes.0) && isHexadecimal(middle.1 ^ zeroes.1)
            && isHexadecimal(word(bytes, start &+ 24)) && isHexadecimal(word(bytes, start &+ 28))
    }

    /// Whether all eight bytes are digits, or letters up to F. Added to a byte below 0x80, each number tells by the high bit whether the
    /// byte is at least 0x80 less the number.
    private static func isHexadecimal(_ word: UInt64) -> Bool {
        func reaches(_ bound: UInt64, _ word: UInt64) -> UInt64 { word &+ (0x80 &- bound) &* 0x0101_0101_0101_0101 }
        guard word & highBits == 0 else { return false }
        let lower = word | spaces
        let digits = reaches(0x30, word) & ~reaches(0x3A, word)
        let letters = reaches(0x61, lower) & ~reaches(0x67, lower)
        return (digits | letters) & highBits == highBits
    }

    static func has(_ word: StaticString, in text: Span<UInt8>, at start: Int) -> Bool {
        guard start + word.utf8CodeUnitCount <= text.count else { return false }
        return word.withUTF8Buffer { word in
            for place in word.indices where word[place] != text[start + place] { return false }
            return true
        }
    }

    @inline(__always)
    static func word(_ text: RawSpan, _ position: Int) -> UInt64 {
        UInt64(littleEndian: text.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Not zero if a quote, a backslash or a control character is in the word; then its lowest bit is the high bit of the first of them.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        zeroes(word ^ quotes) | zeroes(word ^ backslashes) | (word &- spaces) & ~word & highBits
    }

    /// The high bit of the lowest byte that is zero; none below it.
    @inline(__always)
    private static func zeroes(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & highBits }

    @inline(__always)
    static func isStop(_ byte: UInt8) -> Bool { byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }

    static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let quotes: UInt64 = 0x2222_2222_2222_2222
    private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C
    private static let spaces: UInt64 = 0x2020_2020_2020_2020
}
