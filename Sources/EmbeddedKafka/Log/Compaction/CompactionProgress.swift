/// How far compaction came in a log, and since when.
///
/// A tombstone or a transaction marker that compaction has passed stays for `delete.retention.ms`, so that a reader who saw the value
/// before it sees it too. The time that counts is that of the compaction, not that of the record, which may tell of years ago.
struct CompactionProgress: Hashable, Codable, Sendable {
    /// Everything before `offset` was compacted at `time` or before.
    struct Horizon: Hashable, Codable, Sendable {
        var offset: Int64
        var time: Int64
    }

    /// All before this offset has been compacted.
    var cleanOffset: Int64 = 0
    /// Tombstones and markers before this offset have had their time.
    var sweptOffset: Int64 = 0
    /// In order of offset and of time.
    var horizons: [Horizon] = []

    /// The offset before which tombstones and markers may go now.
    func sweepable(at now: Int64, retention: Int64) -> Int64 {
        horizons.last { $0.time <= now - retention }.map { max($0.offset, sweptOffset) } ?? sweptOffset
    }

    mutating func cut(at offset: Int64) {
        cleanOffset = min(cleanOffset, offset)
        sweptOffset = min(sweptOffset, offset)
        for index in horizons.indices { horizons[index].offset = min(horizons[index].offset, offset) }
    }

    /// Notes a pass over all before `offset` that swept what ``sweepable(at:retention:)`` gave.
    ///
    /// Times are rounded up to a sixteenth of the retention, so that frequent passes need few entries.
    mutating func advance(to offset: Int64, swept: Int64, at now: Int64, retention: Int64) {
        cleanOffset = max(cleanOffset, offset)
        sweptOffset = swept
        horizons.removeAll { $0.offset <= swept }
        let step = max(1, retention / 16)
        let time = (now + step - 1) / step * step
        if let last = horizons.last, last.time >= time {
            horizons[horizons.count - 1].offset = max(last.offset, offset)
        } else if offset > horizons.last?.offset ?? swept {
            horizons.append(Horizon(offset: offset, time: time))
        }
    }
}
