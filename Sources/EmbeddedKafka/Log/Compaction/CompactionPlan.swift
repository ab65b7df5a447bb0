import NIOCore

/// A compaction to be made: all it takes to read the segments and to write their successors, on any thread.
///
/// It reads sealed segments, which never change, and writes drafts; the log itself is not touched until
/// ``PartitionLog/finishCompaction(_:)``.
struct CompactionPlan: Sendable {
    /// A segment as it was when the plan was made.
    struct Stretch: Hashable, Sendable {
        var baseOffset: Int64
        var nextOffset: Int64
        var size: Int
    }

    /// `nil` in memory.
    var directory: String?
    var configuration: LogConfiguration
    var now: Int64
    var startOffset: Int64
    var lastStable: Int64
    var progress: CompactionProgress
    /// Tombstones and markers before this offset go.
    var sweepable: Int64
    var generation: Int
    /// What is compacted, and after it what is only looked at for how transactions ended.
    var sealed: [Stretch]
    var rest: [Stretch]

    /// Keys that are looked at in one pass: bounds the memory of the map, at some 50 bytes each.
    private static let keyLimit = 1_000_000
    private static let writeBuffer = 256 << 10

    /// Reads, decides and writes the drafts, and syncs them. Blocks for all of that.
    func perform() throws -> CompactionDraft {
        guard let directory else { throw LogError.closed }
        return try perform(in: DiskStore(directory: directory))
    }

    func perform(in store: any LogStore) throws -> CompactionDraft {
        var survey = TransactionSurvey()
        for stretch in sealed + rest {
            try forEachBatch(of: stretch, in: store, chunkSize: BatchReader.headerChunk) { header, bytes in
                guard header.nextOffset <= lastStable else { return }
                try survey.note(header, kind: header.isControl ? ControlRecord(in: bytes())?.kind : nil)
            }
        }
        let (latest, end) = try latestOffsets(in: store, survey: survey)
        var filter = CompactionFilter(
            latest: latest, survey: survey, startOffset: startOffset, sweepable: sweepable)
        var parts: [CompactionDraft.Part] = []
        for group in groups(of: sealed.filter { $0.nextOffset <= end }) {
            parts.append(try write(group, in: store, filter: &filter))
        }
        return CompactionDraft(parts: parts, end: end, swept: sweepable, now: now, generation: generation)
    }

    /// The last offset of each key in what is new since the last pass, and how far the map's limit let it come.
    private func latestOffsets(
        in store: any LogStore, survey: TransactionSurvey
    ) throws -> (latest: [KeyDigest: Int64], end: Int64) {
        var survey = survey
        var latest: [KeyDigest: Int64] = [:]
        var end = progress.cleanOffset
        for stretch in sealed where stretch.nextOffset > progress.cleanOffset {
            if latest.count >= Self.keyLimit { break }
            try forEachBatch(of: stretch, in: store, chunkSize: BatchReader.batchChunk) { header, bytes in
                guard !header.isControl, header.codec == 0, !survey.isAborted(header) else { return }
                let batch = try bytes()
                var cursor = RecordCursor()
                while let record = try cursor.next(in: batch.readableBytesSpan) {
                    guard let key = record.key else { continue }
                    latest[KeyDigest(of: batch.readableBytesSpan.extracting(key))] =
                        header.baseOffset + Int64(record.offsetDelta)
                }
            }
            end = stretch.nextOffset
        }
        return (latest, end)
    }

    /// Neighbours that fit into one segment together, so that what compaction left of many doesn't stay many.
    private func groups(of stretches: [Stretch]) -> [[Stretch]] {
        var groups: [[Stretch]] = []
        var size = 0
        for stretch in stretches {
            if let first = groups.last?.first, size + stretch.size <= configuration.segmentBytes,
                stretch.nextOffset - first.baseOffset <= Int64(Int32.max)
            {
                groups[groups.count - 1].append(stretch)
                size += stretch.size
            } else {
                groups.append([stretch])
                size = stretch.size
            }
        }
        return groups
    }

    private func write(
        _ group: [Stretch], in store: any LogStore, filter: inout CompactionFilter
    ) throws -> CompactionDraft.Part {
        let range = group[0].baseOffset..<group[group.count - 1].nextOffset
        let swap = SegmentSwap(range: range)
        try store.remove(swap.draftName)
        let file = try store.file(swap.draftName)
        var pending = ByteBuffer()
        filter.removed = .init()
        for stretch in group {
            try forEachBatch(of: stretch, in: store, chunkSize: BatchReader.batchChunk) { header, bytes in
                guard let kept = try filter.keep(header, bytes: bytes()) else { return }
                pending.writeImmutableBuffer(kept)
                if pending.readableBytes >= Self.writeBuffer {
                    try file.append(pending, ByteBuffer())
                    pending.clear()
                }
            }
        }
        try file.append(pending, ByteBuffer())
        // The swap removes what it replaces: from then on the draft is the only copy.
        try FlushTicket(
            flushes: 0, parts: [], generation: generation, descriptors: [file.descriptorForFlush()].compactMap { $0 }
        ).perform()
        file.release()
        filter.removed.removedBytes = group.reduce(0) { $0 + $1.size } - file.size
        return CompactionDraft.Part(swap: swap, sources: group, removed: filter.removed)
    }

    /// - Parameter body: gets the header, and how to read the batch.
    private func forEachBatch(
        of stretch: Stretch, in store: any LogStore, chunkSize: Int,
        _ body: (RecordBatchHeader, () throws -> ByteBuffer) throws -> Void
    ) throws {
        let name = Segment.fileName(stretch.baseOffset, .log)
        let file = try store.file(name)
        try file.whileOpen {
            var reader = BatchReader(file, name: name, from: 0, to: stretch.size, chunkSize: chunkSize)
            while let header = try reader.nextHeader() {
                try body(header) { try reader.bytes(of: header) }
            }
        }
    }
}

/// What a ``CompactionPlan`` wrote, ready to take its place.
struct CompactionDraft: Sendable {
    struct Part: Sendable {
        var swap: SegmentSwap
        var sources: [CompactionPlan.Stretch]
        var removed: PartitionLog.Compacted
    }

    var parts: [Part]
    /// All before it is compacted now.
    var end: Int64
    var swept: Int64
    var now: Int64
    var generation: Int
}
