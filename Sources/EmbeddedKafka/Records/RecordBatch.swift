import NIOCore

/// Record batches as bytes: checked when they come in, taken apart where the broker itself is the reader.
enum RecordBatch {
    /// A batch that passed the checks, as a slice of the bytes it came in.
    struct Validated: Hashable, Sendable {
        var header: RecordBatchHeader
        var bytes: ByteBuffer
    }

    /// Checks that `bytes` are one or more whole batches that a log may take.
    ///
    /// Reads every byte once for the checksum, and the lengths inside uncompressed records. Nothing is
    /// allocated by what a length field says. What is inside a compressed batch stays unseen.
    ///
    /// - Parameters:
    ///   - maxBytes: the limit for each batch, its header included (`max.message.bytes`).
    ///   - requiringKeys: refuses uncompressed records without a key, as a compacted topic must.
    static func validate(_ bytes: ByteBuffer, maxBytes: Int, requiringKeys: Bool = false) throws(RecordBatchError) -> [Validated] {
        var batches: [Validated] = []
        var index = bytes.readerIndex
        repeat {
            let header = try RecordBatchHeader(reading: bytes, at: index)
            guard header.sizeInBytes <= maxBytes else { throw .tooLarge(bytes: header.sizeInBytes, limit: maxBytes) }
            guard let slice = bytes.getSlice(at: index, length: header.sizeInBytes) else { throw .truncated }
            try verifyChecksum(of: slice, header: header)
            try validate(header)
            try validateRecords(in: slice, header: header, requiringKeys: requiringKeys)
            batches.append(Validated(header: header, bytes: slice))
            index += header.sizeInBytes
        } while index < bytes.writerIndex
        return batches
    }

    /// - Parameter batch: exactly the batch that `header` was read from.
    static func verifyChecksum(of batch: ByteBuffer, header: RecordBatchHeader) throws(RecordBatchError) {
        let computed = checksum(of: batch)
        guard computed == header.crc else { throw .checksumMismatch(stored: header.crc, computed: computed) }
    }

    /// The checksum that belongs into the header of `batch`.
    static func checksum(of batch: ByteBuffer) -> UInt32 {
        CRC32C.checksum(batch.readableBytesSpan.extracting(droppingFirst: RecordBatchHeader.checkedFrom))
    }

    /// The records of one uncompressed batch, in offset order; none of a batch that compaction emptied.
    static func records(in batch: ByteBuffer) throws(RecordBatchError) -> [Record] {
        let header = try RecordBatchHeader(reading: batch, at: batch.readerIndex)
        guard header.codec == 0 else { throw .compressed }
        guard let bytes = batch.getSlice(at: batch.readerIndex, length: header.sizeInBytes) else { throw .truncated }
        var records: [Record] = []
        var cursor = RecordCursor()
        while let found = try cursor.next(in: bytes.readableBytesSpan) {
            records.append(
                Record(
                    offset: header.baseOffset + Int64(found.offsetDelta), timestamp: header.timestamp(ofDelta: found.timestampDelta),
                    key: found.key.flatMap { slice($0, of: bytes) }, value: found.value.flatMap { slice($0, of: bytes) }))
        }
        return records
    }

    private static func slice(_ range: Range<Int>, of bytes: ByteBuffer) -> ByteBuffer? {
        bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count)
    }

    private static func validate(_ header: RecordBatchHeader) throws(RecordBatchError) {
        guard header.codec <= 4 else { throw .unknownCodec(header.codec) }
        guard header.recordCount > 0, header.lastOffsetDelta == header.recordCount - 1 else {
            throw .invalidHeader("\(header.recordCount) records up to offset delta \(header.lastOffsetDelta)")
        }
        if header.producerID >= 0 {
            guard header.producerEpoch >= 0, header.isControl || header.baseSequence >= 0 else {
                throw .invalidHeader("producer \(header.producerID) without epoch or sequence")
            }
        } else if header.isTransactional {
            throw .invalidHeader("transactional without a producer")
        }
    }

    private static func validateRecords(in batch: ByteBuffer, header: RecordBatchHeader, requiringKeys: Bool) throws(RecordBatchError) {
        guard header.codec == 0 else { return }
        let span = batch.readableBytesSpan
        var cursor = RecordCursor()
        while let found = try cursor.next(in: span) {
            let index = cursor.index - 1
            guard Int(found.offsetDelta) == index else { throw .invalidRecord(index: index) }
            if requiringKeys, found.key == nil { throw .missingKey(index: index) }
        }
        guard cursor.index == Int(header.recordCount) else {
            throw .invalidHeader("\(header.recordCount) records announced, \(cursor.index) there")
        }
    }
}

extension RecordBatchHeader {
    /// When a record of the batch happened, from the delta it carries. A sum beyond 64 bits wraps: the number is the producer's to choose.
    func timestamp(ofDelta delta: Int64) -> Int64 {
        usesAppendTime ? maxTimestamp : baseTimestamp &+ delta
    }
}
