import NIOCore

/// A sorted file of fixed-size entries: from some offsets to positions, or from some times to offsets.
///
/// Only the newest entries are in memory, a few hundred; the rest is searched in the file, which the page
/// cache holds. So an index costs nothing while nobody looks something up.
final class SparseIndex {
    enum Layout: Int {
        /// Relative offset (4 bytes), position in the segment (4 bytes), as in Kafka's `.index`.
        case positionsByOffset = 8
        /// Timestamp (8 bytes), relative offset (4 bytes), as in Kafka's `.timeindex`.
        case offsetsByTime = 12
    }

    struct Entry: Hashable {
        var key: Int64
        var value: Int64
    }

    private static let pendingLimit = 512

    private let file: any LogFile
    private let layout: Layout
    private var pending: [Entry] = []
    private(set) var last: Entry?

    /// A file whose size is not that of whole entries was cut off: it is emptied, for the caller to fill anew.
    init(file: any LogFile, layout: Layout) throws {
        self.file = file
        self.layout = layout
        if file.size % layout.rawValue != 0 { try file.truncate(to: 0) }
        last = try file.size == 0 ? nil : entry(at: file.size / layout.rawValue - 1)
        file.release()
    }

    /// Adds an entry after all others. One that is not beyond the last is passed over.
    func append(_ entry: Entry) throws {
        if let last, entry.key <= last.key { return }
        pending.append(entry)
        last = entry
        if pending.count >= Self.pendingLimit { try writePending() }
    }

    /// The greatest entry whose key is `key` or less.
    func floor(_ key: Int64) throws -> Entry? {
        if let first = pending.first, first.key <= key {
            return pending[partition(0..<pending.count) { pending[$0].key <= key } - 1]
        }
        let count = file.size / layout.rawValue
        guard count > 0 else { return nil }
        return try file.whileOpen {
            let after = try partition(0..<count) { try entry(at: $0).key <= key }
            return after == 0 ? nil : try entry(at: after - 1)
        }
    }

    /// Puts everything into the file and gives back its descriptor.
    func writePending() throws {
        guard !pending.isEmpty else { return }
        var bytes = ByteBuffer()
        for entry in pending {
            switch layout {
            case .positionsByOffset: bytes.writeInteger(UInt32(truncatingIfNeeded: entry.key))
            case .offsetsByTime: bytes.writeInteger(entry.key)
            }
            bytes.writeInteger(UInt32(truncatingIfNeeded: entry.value))
        }
        try file.append(bytes, ByteBuffer())
        file.release()
        pending.removeAll(keepingCapacity: false)
    }

    func clear() throws {
        try file.truncate(to: 0)
        file.release()
        pending = []
        last = nil
    }

    func descriptorForFlush() throws -> Int32? {
        try file.descriptorForFlush()
    }

    private func entry(at index: Int) throws -> Entry {
        var bytes = try file.read(at: index * layout.rawValue, count: layout.rawValue)
        switch layout {
        case .positionsByOffset:
            let (key, value) = bytes.readMultipleIntegers(as: (UInt32, UInt32).self) ?? (0, 0)
            return Entry(key: Int64(key), value: Int64(value))
        case .offsetsByTime:
            let (key, value) = bytes.readMultipleIntegers(as: (Int64, UInt32).self) ?? (0, 0)
            return Entry(key: key, value: Int64(value))
        }
    }

    /// The first index in `range` for which `belongs` is false, where it is true for all before it.
    private func partition(_ range: Range<Int>, _ belongs: (Int) throws -> Bool) rethrows -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if try belongs(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
