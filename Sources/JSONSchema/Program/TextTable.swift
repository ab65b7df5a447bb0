/// A set of strings with their positions, found by open addressing over one block of bytes.
///
/// The hash is cheap and anyone can compute it; that is no weakness, because only the strings of the schema lie in the table, and what is
/// searched for merely walks past them.
struct TextTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`.
    private var ends: [Int32] = []
    /// Positions, or -1; as many as a power of two.
    private var slots: [Int32]
    private let mask: Int

    /// - Parameter texts: no two of them equal.
    init(_ texts: [String]) {
        var size = 4
        while size < texts.count * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        mask = size - 1
        for (position, text) in texts.enumerated() {
            let text = Array(text.utf8)
            bytes += text
            ends.append(Int32(bytes.count))
            var slot = Self.hash(text, text.indices) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(position)
        }
    }

    func text(_ position: Int) -> String {
        String(decoding: bytes[(position == 0 ? 0 : Int(ends[position - 1]))..<Int(ends[position])], as: UTF8.self)
    }

    /// The position of `text` among the strings; `nil` if it isn't one of them.
    func position(of text: String) -> Int? {
        let bytes = Array(text.utf8)
        let position = position(of: bytes, bytes.indices)
        return position < 0 ? nil : position
    }

    /// The position of these bytes among the strings; -1 if they aren't one of them.
    func position(of text: [UInt8], _ range: Range<Int>) -> Int {
        var slot = Self.hash(text, range) & mask
        while true {
            let position = Int(slots[slot])
            if position < 0 || equals(text, range, position) { return position }
            slot = (slot + 1) & mask
        }
    }

    private func equals(_ text: [UInt8], _ range: Range<Int>, _ position: Int) -> Bool {
        let start = position == 0 ? 0 : Int(ends[position - 1])
        guard Int(ends[position]) - start == range.count else { return false }
        for offset in Indexes(0..<range.count) where bytes[start + offset] != text[range.lowerBound + offset] { return false }
        return true
    }

    /// From the length and three bytes: names in a schema mostly differ in one of these.
    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> Int {
        guard !range.isEmpty else { return 0 }
        let (first, middle, last) = (text[range.lowerBound], text[range.lowerBound + range.count / 2], text[range.upperBound - 1])
        let sample = UInt32(first) | UInt32(last) << 8 | UInt32(middle) << 16 | UInt32(truncatingIfNeeded: range.count) << 24
        return Int((sample &* 0x9E37_79B1) >> 12)
    }
}
