import NIOCore

/// A stretch of the log: a file of batches, named by its first offset, with an index by offset and one by time.
final class Segment {
    let baseOffset: Int64
    /// The offset after the last batch. Of a sealed segment: where the next segment begins, since compaction
    /// may have taken its last batches.
    private(set) var nextOffset: Int64
    /// The greatest timestamp in the segment; `nil` while there is none.
    private(set) var maxTimestamp: Int64?
    /// How much of the file a power cut leaves. What was found at opening counts as there.
    var flushedSize = 0
    /// Found at opening and not known to be on the disk: to be synced with the next flush.
    var isSyncPending = false

    var isSynced: Bool { flushedSize >= size && !isSyncPending }

    private let file: any LogFile
    private let positions: SparseIndex
    private let times: SparseIndex
    private var firstTimestamp: Int64?
    private var maxTimestampBatch: Int64
    private var bytesSinceEntry = 0

    var size: Int { file.size }
    var name: String { Self.fileName(baseOffset, .log) }

    enum FileKind: String, CaseIterable {
        case log, index, timeindex
    }

    static func fileName(_ baseOffset: Int64, _ kind: FileKind) -> String {
        let digits = String(baseOffset)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits + "." + kind.rawValue
    }

    /// Opens the files of a segment, or makes them. What is in them is not looked at until ``restore(sealedBefore:)`` or ``recover()``.
    init(baseOffset: Int64, in store: any LogStore) throws {
        self.baseOffset = baseOffset
        nextOffset = baseOffset
        maxTimestampBatch = baseOffset
        file = try store.file(Self.fileName(baseOffset, .log))
        positions = try SparseIndex(file: store.file(Self.fileName(baseOffset, .index)), layout: .positionsByOffset)
        times = try SparseIndex(file: store.file(Self.fileName(baseOffset, .timeindex)), layout: .offsetsByTime)
        if file.size == 0 {
            // A crash in the midst of a removal may leave an index without its segment.
            try positions.clear()
            try times.clear()
        }
    }

    // MARK: Writing

    /// Appends a batch whose header is already stamped.
    ///
    /// - Parameter body: the batch without its header.
    func append(_ header: RecordBatchHeader, body: ByteBuffer, indexInterval: Int) throws {
        let position = file.size
        var head = ByteBuffer()
        header.write(to: &head)
        try file.append(head, body)
        try note(header, at: position, indexInterval: indexInterval)
    }

    /// Whether a batch of that size and time belongs into a segment of its own.
    func isFull(for header: RecordBatchHeader, configuration: LogConfiguration) -> Bool {
        guard size > 0 else { return false }
        return size + header.sizeInBytes > min(configuration.segmentBytes, Int(Int32.max))
            || header.lastOffset - baseOffset > Int64(Int32.max)
            || firstTimestamp.map { $0 >= 0 && header.maxTimestamp &- $0 > configuration.segmentMilliseconds } ?? false
    }

    /// Ends the writing: completes the indexes and gives up the descriptor.
    func seal(before next: Int64) throws {
        if let maxTimestamp { try times.append(.init(key: maxTimestamp, value: maxTimestampBatch - baseOffset)) }
        try positions.writePending()
        try times.writePending()
        file.release()
        nextOffset = next
    }

    /// Takes the batch into account that was written at `position`.
    private func note(_ header: RecordBatchHeader, at position: Int, indexInterval: Int) throws {
        nextOffset = header.nextOffset
        if position == 0 { firstTimestamp = header.maxTimestamp }
        if header.maxTimestamp > maxTimestamp ?? Int64.min {
            maxTimestamp = header.maxTimestamp
            maxTimestampBatch = header.baseOffset
        }
        if bytesSinceEntry >= indexInterval {
            try positions.append(.init(key: header.baseOffset - baseOffset, value: Int64(position)))
            if let maxTimestamp { try times.append(.init(key: maxTimestamp, value: maxTimestampBatch - baseOffset)) }
            bytesSinceEntry = 0
        }
        bytesSinceEntry += header.sizeInBytes
    }

    // MARK: Opening

    /// Takes the file as it is, of a log that was closed in order or synced to beyond this segment. Indexes that
    /// don't fit the file are made anew.
    ///
    /// - Parameter next: the offset after the segment's last batch, or where the next segment begins.
    func restore(endingBefore next: Int64, indexInterval: Int) throws {
        flushedSize = size
        nextOffset = next
        guard size > 0 else { return }
        try file.whileOpen {
            var start = reader(from: 0, chunkSize: RecordBatchHeader.size)
            firstTimestamp = try start.nextHeader()?.maxTimestamp
            if let last = times.last {
                var reader = try reader(at: baseOffset + last.value, chunkSize: RecordBatchHeader.size)
                var header = try reader.nextHeader()
                while let found = header, found.baseOffset < baseOffset + last.value { header = try reader.nextHeader() }
                if let header, header.baseOffset == baseOffset + last.value, header.maxTimestamp == last.key {
                    (maxTimestamp, maxTimestampBatch) = (last.key, header.baseOffset)
                }
            }
        }
        if maxTimestamp == nil {
            try rebuild(indexInterval: indexInterval, checkingBytes: false)
            try seal(before: next)
        }
    }

    /// Reads all of the file, checks every batch, and cuts off what comes after the last good one.
    ///
    /// - Returns: the damage, and how many bytes were cut.
    func recover(indexInterval: Int) throws -> (cut: Int, reason: LogError)? {
        defer { flushedSize = size }
        do {
            try rebuild(indexInterval: indexInterval, checkingBytes: true)
            return nil
        } catch let reason as LogError {
            guard case .corrupt(_, let position, _) = reason else { throw reason }
            let cut = size - position
            try truncate(to: position, indexInterval: indexInterval)
            return (cut, reason)
        }
    }

    /// Shortens the file to `size`, which is the end of a batch or else fails as corrupt.
    func truncate(to size: Int, indexInterval: Int) throws {
        try file.truncate(to: size)
        flushedSize = min(flushedSize, size)
        try rebuild(indexInterval: indexInterval, checkingBytes: false)
    }

    private func rebuild(indexInterval: Int, checkingBytes: Bool) throws {
        try positions.clear()
        try times.clear()
        (nextOffset, maxTimestamp, maxTimestampBatch, bytesSinceEntry) = (baseOffset, nil, baseOffset, 0)
        firstTimestamp = nil
        try file.whileOpen {
            var reader = reader(from: 0, chunkSize: checkingBytes ? BatchReader.batchChunk : BatchReader.headerChunk)
            while let header = try reader.nextHeader() {
                do {
                    // The checksum doesn't cover the offset.
                    guard header.baseOffset >= nextOffset, header.lastOffsetDelta >= 0,
                        header.lastOffset - baseOffset <= Int64(Int32.max)
                    else {
                        throw RecordBatchError.invalidHeader("offset \(header.baseOffset) after \(nextOffset - 1)")
                    }
                    if checkingBytes { try RecordBatch.verifyChecksum(of: reader.bytes(of: header), header: header) }
                } catch let reason as RecordBatchError {
                    throw LogError.corrupt(file: name, position: reader.batchPosition, reason)
                }
                try note(header, at: reader.batchPosition, indexInterval: indexInterval)
            }
        }
    }

    // MARK: Reading

    /// Whole batches from the one that holds `offset`, or the first one after it.
    ///
    /// - Returns: `nil` if there is none in this segment; an empty slice if there is one, beyond the limits.
    func read(from offset: Int64, maxBytes: Int, upTo limit: Int64, atLeastOneBatch: Bool) throws -> LogSlice? {
        try file.whileOpen { () -> LogSlice? in
            var reader = try reader(at: offset)
            var first = try reader.nextHeader()
            while let header = first, header.lastOffset < offset { first = try reader.nextHeader() }
            guard let first else { return nil }
            guard first.lastOffset < limit, first.sizeInBytes <= maxBytes || atLeastOneBatch else { return .empty(at: offset) }
            var bytes = try file.read(at: reader.batchPosition, count: max(maxBytes, first.sizeInBytes))
            var slice = LogSlice(bytes: bytes, nextOffset: first.nextOffset)
            var length = first.sizeInBytes
            while bytes.readableBytes - length >= RecordBatchHeader.size {
                let header: RecordBatchHeader
                do {
                    header = try RecordBatchHeader(reading: bytes, at: length)
                } catch let reason as RecordBatchError {
                    throw LogError.corrupt(file: name, position: reader.batchPosition + length, reason)
                }
                guard length + header.sizeInBytes <= bytes.readableBytes, header.lastOffset < limit else { break }
                length += header.sizeInBytes
                slice.nextOffset = header.nextOffset
            }
            bytes.moveWriterIndex(to: length)
            slice.bytes = bytes
            return slice
        }
    }

    /// The first record at `start` or after it with that timestamp or a later one.
    func firstRecord(from start: Int64, notBefore time: Int64) throws -> TimedOffset? {
        guard let maxTimestamp, maxTimestamp >= time else { return nil }
        return try file.whileOpen {
            // All batches before the one in which that maximum was first seen are earlier still.
            let known = try times.floor(time)
            var reader = try reader(at: max(start, baseOffset + (known?.value ?? 0)))
            while let header = try reader.nextHeader() {
                guard header.recordCount > 0, header.lastOffset >= start, header.maxTimestamp >= time else { continue }
                let batch = try reader.bytes(of: header)
                if let found = try header.firstRecord(in: batch, from: start, notBefore: time) { return found }
            }
            return nil
        }
    }

    /// The first record with the greatest timestamp among those from `start` on. Looks at every header: a batch
    /// without records may still carry the greatest one.
    func latestRecord(from start: Int64) throws -> TimedOffset? {
        try file.whileOpen { () -> TimedOffset? in
            var reader = try reader(at: start)
            var latest: TimedOffset?
            while let header = try reader.nextHeader() {
                guard header.recordCount > 0, header.lastOffset >= start, header.maxTimestamp > latest?.timestamp ?? .min else { continue }
                let batch = try reader.bytes(of: header)
                latest = try header.firstRecord(in: batch, from: start, notBefore: header.maxTimestamp) ?? latest
            }
            return latest
        }
    }

    /// A reader that begins at or before the batch that holds `offset`.
    func reader(at offset: Int64, chunkSize: Int = BatchReader.headerChunk) throws -> BatchReader {
        guard let entry = try positions.floor(offset - baseOffset) else { return reader(from: 0, chunkSize: chunkSize) }
        var indexed = reader(from: Int(entry.value), chunkSize: chunkSize)
        if try indexed.isAtBatch(beginning: baseOffset + entry.key) { return indexed }
        return reader(from: 0, chunkSize: chunkSize)
    }

    private func reader(from position: Int, chunkSize: Int) -> BatchReader {
        BatchReader(file, name: name, from: min(position, size), to: size, chunkSize: chunkSize)
    }

    /// Descriptors of the segment's files, for the caller to close. The indexes count once they are complete.
    func descriptorsForFlush(withIndexes: Bool) throws -> [Int32] {
        try [file.descriptorForFlush()].compactMap { $0 }
            + (withIndexes ? [positions.descriptorForFlush(), times.descriptorForFlush()].compactMap { $0 } : [])
    }

    /// Gives up the descriptor; a read or an append takes one again.
    func release() {
        file.release()
    }

    func whileOpen<Result>(_ body: () throws -> Result) throws -> Result {
        try file.whileOpen(body)
    }
}
