import Logging
import NIOCore

/// The records of one partition: an ever growing list of batches in segments, each with its offset for good.
///
/// Belongs to one thread. Reads and appends block it for a copy to or from the page cache, which is what a record that was appended
/// survives a kill of the process in; to survive a power cut it takes ``flush()``, or a ``FlushTicket`` performed elsewhere.
final class PartitionLog {
    /// Takes effect with the next append, retention or compaction.
    var configuration: LogConfiguration

    let store: any LogStore
    let logger: Logger
    /// In order of offset; the last one is written to. Never empty.
    var segments: [Segment]
    var checkpoint: LogCheckpoint
    var generation = 0
    /// Everything before it survives a power cut.
    var flushedOffset: Int64
    private(set) var isClosed = false
    /// A plan was made and isn't finished or abandoned.
    var isCompacting = false

    /// Opens the log, or begins one. Closed in an orderly way, it opens without reading its data.
    ///
    /// Otherwise every segment that isn't known to be synced is read and checked, and what follows the last good
    /// batch is cut off, with a line in the log that says how much.
    static func open(in store: any LogStore, configuration: LogConfiguration, logger: Logger) throws -> PartitionLog {
        try LogRecovery(store: store, configuration: configuration, logger: logger).open()
    }

    init(store: any LogStore, segments: [Segment], checkpoint: LogCheckpoint, configuration: LogConfiguration, logger: Logger) {
        self.store = store
        self.segments = segments
        self.checkpoint = checkpoint
        self.configuration = configuration
        self.logger = logger
        flushedOffset = 0
        flushedOffset = endOffset
    }

    /// The first offset that can be read (the low watermark).
    var startOffset: Int64 { max(checkpoint.startOffset, segments[0].baseOffset) }

    /// The offset that the next record gets; on a single node this is the high watermark too.
    var endOffset: Int64 { max(active.nextOffset, checkpoint.startOffset) }

    var sizeInBytes: Int { segments.reduce(0) { $0 + $1.size } }

    var active: Segment { segments[segments.count - 1] }

    // MARK: Writing

    /// Appends one batch and gives its records their offsets.
    ///
    /// The offset and the leader epoch are stamped in front of what the checksum covers; only an append time
    /// makes it new. When this returns, the batch survives a kill of the process.
    ///
    /// - Parameters:
    ///   - batch: exactly one batch that passed ``RecordBatch/validate(_:maxBytes:requiringKeys:)``.
    ///   - appendTime: replaces the producer's timestamps (`message.timestamp.type=LogAppendTime`).
    /// - Returns: the offset of the first record.
    @discardableResult
    func append(_ batch: ByteBuffer, header: RecordBatchHeader, leaderEpoch: Int32, appendTime: Int64? = nil) throws -> Int64 {
        guard !isClosed else { throw LogError.closed }
        guard header.lastOffsetDelta >= 0, batch.readableBytes == header.sizeInBytes else { throw LogError.notTheBatch }
        var batch = batch
        var header = header
        header.baseOffset = endOffset
        header.partitionLeaderEpoch = leaderEpoch
        if let appendTime {
            header.attributes |= RecordBatchHeader.logAppendFlag
            header.maxTimestamp = appendTime
            batch.setInteger(header.attributes, at: batch.readerIndex + 21)
            batch.setInteger(header.maxTimestamp, at: batch.readerIndex + 35)
            header.crc = RecordBatch.checksum(of: batch)
        }
        if active.isFull(for: header, configuration: configuration) { try roll() }
        try forgetCleanEnd()
        batch.moveReaderIndex(forwardBy: RecordBatchHeader.size)
        try active.append(header, body: batch, indexInterval: configuration.indexIntervalBytes)
        return header.baseOffset
    }

    /// Begins a new segment, if the last one has anything in it.
    func roll() throws {
        guard active.size > 0 else { return }
        let next = try Segment(baseOffset: endOffset, in: store)
        try active.seal(before: next.baseOffset)
        segments.append(next)
    }

    // MARK: Reading

    /// Whole batches from `offset` on, out of one segment.
    ///
    /// - Parameters:
    ///   - maxBytes: the batches together are not longer, but for the first one if `atLeastOneBatch`.
    ///   - limit: batches that reach this offset are left out (the last stable offset, for read_committed).
    /// - Returns: nothing at the end of the log, or at `limit`.
    /// - Throws: ``LogError/offsetOutOfRange(_:start:end:)`` for an offset outside of start to end.
    func read(from offset: Int64, maxBytes: Int, upTo limit: Int64 = .max, atLeastOneBatch: Bool = true) throws -> LogSlice {
        guard offset >= startOffset, offset <= endOffset else {
            throw LogError.offsetOutOfRange(offset, start: startOffset, end: endOffset)
        }
        guard offset < min(limit, endOffset) else { return .empty(at: offset) }
        // Compaction may have left a segment without batches at or after the offset.
        for segment in segments[segmentIndex(holding: offset)...] {
            if let slice = try segment.read(from: offset, maxBytes: maxBytes, upTo: limit, atLeastOneBatch: atLeastOneBatch)
            {
                return slice
            }
        }
        return .empty(at: offset)
    }

    /// The first record that isn't earlier than `timestamp`, also inside a batch; `nil` if all are earlier.
    ///
    /// Inside a compressed batch the records can't be told apart: its first offset is the answer.
    func offset(forTimestamp timestamp: Int64) throws -> TimedOffset? {
        for segment in segments {
            if let found = try segment.firstRecord(from: startOffset, notBefore: timestamp) { return found }
        }
        return nil
    }

    /// The record with the greatest timestamp, the first of them; `nil` if there are no records.
    func offsetOfMaxTimestamp() throws -> TimedOffset? {
        var latest: TimedOffset?
        for segment in segments where segment.maxTimestamp ?? Int64.min > latest?.timestamp ?? Int64.min {
            latest = try segment.latestRecord(from: startOffset) ?? latest
        }
        return latest
    }

    /// The headers of all batches from the one that holds `offset` on, in order, without reading the records.
    func forEachBatch(from offset: Int64, _ body: (RecordBatchHeader) throws -> Void) throws {
        for segment in segments[segmentIndex(holding: offset)...] {
            try segment.whileOpen {
                var reader = try segment.reader(at: offset)
                while let header = try reader.nextHeader() {
                    if header.lastOffset >= offset { try body(header) }
                }
            }
        }
    }

    /// The last segment that begins at `offset` or before.
    func segmentIndex(holding offset: Int64) -> Int {
        var (low, high) = (0, segments.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].baseOffset <= offset { low = middle } else { high = middle }
        }
        return low
    }

    // MARK: Ending

    /// Writes down that all is in order, so that the next opening need not check. Doesn't sync; idempotent.
    func close() throws {
        guard !isClosed else { return }
        isClosed = true
        try active.seal(before: active.nextOffset)
        checkpoint.cleanEnd = .init(baseOffset: active.baseOffset, size: active.size, nextOffset: active.nextOffset)
        try saveCheckpoint()
    }

    /// Lets go of the files as a killed process does: nothing is written any more, and no end is marked. What still runs elsewhere for this
    /// log finds that its time is over.
    func abandon() {
        generation += 1
        active.release()
    }

    /// Removes the log with all its files. Nothing may be called after it.
    func delete() throws {
        isClosed = true
        active.release()
        try store.removeAll()
    }

    func saveCheckpoint() throws {
        try store.replace(LogCheckpoint.fileName, with: checkpoint.file(), syncing: false)
    }

    /// What changes the segments must not leave the mark of an orderly close behind.
    func forgetCleanEnd() throws {
        guard checkpoint.cleanEnd != nil else { return }
        checkpoint.cleanEnd = nil
        try saveCheckpoint()
    }
}
