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

/// Names by position, found by their bytes.
@usableFromInline
final class NameTable: Sendable {
    private struct Entry {
        /// In bytes, with the quotes.
        let length: Int
        /// Where its words begin.
        let first: Int
    }

    private let entries: [Entry]
    /// The names in quotes, eight bytes a word, each filled up with zeroes.
    private let words: [UInt64]

    @usableFromInline
    init(_ names: [String]) {
        var entries: [Entry] = []
        var words: [UInt64] = []
        for name in names {
            let bytes = Array("\"\(name)\"".utf8)
            entries.append(Entry(length: bytes.count, first: words.count))
            for start in stride(from: 0, to: bytes.count, by: 8) {
                words.append(bytes[start...].prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            }
        }
        self.entries = entries
        self.words = words
    }

    static let none = NameTable([])

    /// The length of the name at `position`, with its quotes, if it is the one that `text` has at `start`; 0 otherwise.
    func match(_ position: Int, _ text: Span<UInt8>, at start: Int) -> Int {
        guard position < entries.count else { return 0 }
        let entry = entries[position]
        return ByteScan.equals(text, at: start, words, from: entry.first, length: entry.length) ? entry.length : 0
    }

    /// The position of the name that stands, with its quotes, from `start` to `end`; -1 if it is none of these.
    func position(of text: Span<UInt8>, from start: Int, to end: Int) -> Int {
        for position in entries.indices where entries[position].length == end - start {
            if match(position, text, at: start) > 0 { return position }
        }
        return -1
    }
}
