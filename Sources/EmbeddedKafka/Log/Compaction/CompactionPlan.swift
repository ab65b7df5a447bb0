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
    ///
    /// Fails if retention or DeleteRecords removed one of the segments meanwhile: the next plan will do.
    func perform() throws -> CompactionDraft {
        guard let directory else { throw LogError.closed }
        return try perform(in: DiskStore(existing: directory))
    }

    func perform(in store: any LogStore) throws -> CompactionDraft {
        // To the end of the log: a transaction that began before the last stable offset may have ended after it.
        var survey = TransactionSurvey()
        for stretch in sealed + rest {
            try forEachBatch(of: stretch, in: store, chunkSize: BatchReader.headerChunk) { header, bytes in
                try survey.note(header, kind: header.isControl ? ControlRecord(in: bytes())?.kind : nil)
            }
        }
        let (latest, end) = try latestOffsets(in: store, survey: survey)
        var filter = CompactionFilter(latest: latest, survey: survey, startOffset: startOffset, sweepable: sweepable)
        var parts: [CompactionDraft.Part] = []
        var stretches = sealed.prefix { $0.nextOffset <= end }
        while !stretches.isEmpty { parts.append(try write(&stretches, in: store, filter: &filter)) }
        return CompactionDraft(parts: parts, end: end, swept: sweepable, now: now, generation: generation)
    }

    /// The last offset of each key in what is new since the last pass, and how far the map's limit let it come.
    private func latestOffsets(in store: any LogStore, survey: TransactionSurvey) throws -> (latest: [KeyDigest: Int64], end: Int64) {
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

    /// Writes what stays of the first stretches, as many as fit into one segment together: what compaction leaves
    /// of many segments doesn't stay many.
    private func write(
        _ stretches: inout ArraySlice<Stretch>, in store: any LogStore, filter: inout CompactionFilter
    ) throws -> CompactionDraft.Part {
        let base = stretches[stretches.startIndex].baseOffset
        let draft = SegmentSwap.draftName(from: base)
        try store.remove(draft)
        let file = try store.file(draft)
        var pending = ByteBuffer()
        var sources: [Stretch] = []
        filter.removed = .init()
        while let next = stretches.first, sources.isEmpty || fits(next, after: file.size, from: base) {
            try forEachBatch(of: next, in: store, chunkSize: BatchReader.batchChunk) { header, bytes in
                guard let kept = try filter.keep(header, bytes: bytes()) else { return }
                pending.writeImmutableBuffer(kept)
                if pending.readableBytes >= Self.writeBuffer {
                    try file.append(pending, ByteBuffer())
                    pending.clear()
                }
            }
            try file.append(pending, ByteBuffer())
            pending.clear()
            sources.append(next)
            stretches.removeFirst()
        }
        // The swap removes what it replaces: from then on the draft is the only copy.
        try FlushTicket(descriptors: [file.descriptorForFlush()].compactMap(\.self)).perform()
        file.release()
        let swap = SegmentSwap(range: base..<sources[sources.count - 1].nextOffset)
        return CompactionDraft.Part(swap: swap, sources: sources, removed: filter.removed)
    }

    private func fits(_ stretch: Stretch, after size: Int, from base: Int64) -> Bool {
        size + stretch.size <= configuration.segmentBytes && stretch.nextOffset - base <= Int64(Int32.max)
    }

    /// - Parameter body: gets the header, and how to read the batch.
    private func forEachBatch(
        of stretch: Stretch, in store: any LogStore, chunkSize: Int,
        _ body: (RecordBatchHeader, () throws -> ByteBuffer) throws -> Void
    ) throws {
        let name = Segment.fileName(stretch.baseOffset, .log)
        let file = try store.existingFile(name)
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
