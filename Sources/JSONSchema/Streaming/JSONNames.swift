/// The names that a document may use at one place, each with what it stands for: the members of an object, the values of an enum.
public struct JSONNames<Value: Sendable>: Sendable {
    @usableFromInline let table: NameTable
    @usableFromInline let values: [Value]

    @inlinable
    public init(_ type: Value.Type) where Value: CaseIterable & RawRepresentable<String> {
        values = Array(type.allCases)
        table = NameTable(values.map(\.rawValue))
    }
}

/// Names by number, found by their bytes.
@usableFromInline
final class NameTable: Sendable {
    private struct Entry {
        /// In bytes, with the quotes.
        let length: Int
        /// Where its words begin.
        let first: Int
        /// Whether JSON writes it as it stands, without escapes.
        let isPlain: Bool
    }

    private let entries: [Entry]
    /// The names in quotes and a colon, eight bytes a word, each filled up with zeroes.
    private let words: [UInt64]

    @usableFromInline
    init(_ names: [String]) {
        var entries: [Entry] = []
        var words: [UInt64] = []
        for name in names {
            let bytes = Array("\"\(name)\":".utf8)
            entries.append(Entry(length: bytes.count - 1, first: words.count, isPlain: name.withBytes(ByteScan.isPlain)))
            for start in stride(from: 0, to: bytes.count, by: 8) {
                words.append(bytes[start...].prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            }
        }
        self.entries = entries
        self.words = words
    }

    static let none = NameTable([])

    /// The offset behind a member's name and its colon, as a canonical document has them, if it is the name at `number` that comes next;
    /// 0 otherwise.
    @inline(__always)
    func likely(_ number: Int, _ text: Span<UInt8>, at start: Int, isFirst: Bool) -> Int {
        guard number < entries.count else { return 0 }
        let entry = entries[number]
        guard entry.isPlain, isFirst || (start < text.count && text[start] == UInt8(ascii: ",")) else { return 0 }
        let name = isFirst ? start : start + 1
        let length = entry.length + 1
        return ByteScan.equals(text, at: name, words, from: entry.first, length: length) ? name + length : 0
    }

    /// The number of the name that stands, in quotes and without escapes, from `start` to `end`; -1 if it is none of these.
    func number(of text: Span<UInt8>, from start: Int, to end: Int) -> Int {
        for number in entries.indices where entries[number].length == end - start {
            if equals(number, text, at: start) { return number }
        }
        return -1
    }

    private func equals(_ number: Int, _ text: Span<UInt8>, at start: Int) -> Bool {
        ByteScan.equals(text, at: start, words, from: entries[number].first, length: entries[number].length)
    }
}
