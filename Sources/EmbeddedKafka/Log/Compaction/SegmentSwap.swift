import NIOCore

/// Replaces consecutive segments by one with what compaction kept of them, so that a crash at any moment leaves
/// either the old ones or the new one.
///
/// The new file is written under a draft name. Renamed to a name that holds both ends of the stretch, it is
/// decided: opening the log then finishes what a crash interrupted, however often.
struct SegmentSwap {
    /// The stretch that is replaced: from the first segment's base to the offset where the next one begins.
    var range: Range<Int64>

    static let draftSuffix = ".cleaned"
    private static let decidedSuffix = ".swap"

    var draftName: String { Self.draftName(from: range.lowerBound) }
    var decidedName: String { "\(range.lowerBound)-\(range.upperBound)" + Self.decidedSuffix }

    static func draftName(from baseOffset: Int64) -> String { "\(baseOffset)" + draftSuffix }

    /// Puts the draft in the place of the segments.
    func perform(in store: any LogStore) throws {
        try store.move(draftName, to: decidedName)
        try complete(in: store)
    }

    /// Finishes the swaps that were decided, and removes the drafts that were not.
    static func completeAll(in store: any LogStore) throws {
        for name in try store.names() {
            if name.hasSuffix(draftSuffix) || name.hasSuffix(".tmp") { try store.remove(name) }
            guard name.hasSuffix(decidedSuffix) else { continue }
            let ends = name.dropLast(decidedSuffix.count).split(separator: "-").compactMap { Int64($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { continue }
            try SegmentSwap(range: ends[0]..<ends[1]).complete(in: store)
        }
    }

    /// The indexes go first: those of the old segment must never be taken for the new one's.
    private func complete(in store: any LogStore) throws {
        let bases = try store.names().compactMap(LogRecovery.baseOffset).filter(range.contains)
        for base in bases + [range.lowerBound] {
            for kind in [Segment.FileKind.index, .timeindex] { try store.remove(Segment.fileName(base, kind)) }
        }
        for base in bases where base != range.lowerBound { try store.remove(Segment.fileName(base, .log)) }
        try store.move(decidedName, to: Segment.fileName(range.lowerBound, .log))
    }
}
