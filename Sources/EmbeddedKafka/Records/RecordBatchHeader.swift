import NIOCore

/// The header of a record batch, message format v2 (Kafka protocol guide, "Record Batch").
struct RecordBatchHeader: Hashable, Sendable {
    /// Offset of the first record the batch was written with. Compaction keeps it when that record goes.
    var baseOffset: Int64
    /// Bytes after this field.
    var batchLength: Int32
    var partitionLeaderEpoch: Int32
    var magic: Int8 = 2
    var crc: UInt32
    var attributes: Int16
    var lastOffsetDelta: Int32
    var baseTimestamp: Int64
    var maxTimestamp: Int64
    /// -1 for one that is neither idempotent nor transactional.
    var producerID: Int64
    var producerEpoch: Int16
    var baseSequence: Int32
    /// How many records are in the batch now: fewer than `lastOffsetDelta + 1` after compaction, maybe none.
    var recordCount: Int32

    /// Bytes of the header, with the two fields that `batchLength` does not count.
    static let size = 61
    /// Bytes of `baseOffset` and `batchLength`.
    static let lengthOverhead = 12
    /// Where the part that the checksum covers begins. `baseOffset` and `partitionLeaderEpoch` are before it, so the broker may stamp them.
    static let checkedFrom = 21
    static let logAppendFlag: Int16 = 0x08
    static let transactionalFlag: Int16 = 0x10
    static let controlFlag: Int16 = 0x20

    /// Bytes of the whole batch.
    var sizeInBytes: Int { Int(batchLength) + Self.lengthOverhead }
    /// Wraps where a producer sends a base offset that isn't its to choose; the log stamps its own.
    var lastOffset: Int64 { baseOffset &+ Int64(lastOffsetDelta) }
    var nextOffset: Int64 { lastOffset &+ 1 }
    /// 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.
    var codec: Int { Int(attributes & 0x07) }
    /// All records carry the time at which the broker appended the batch, which is `maxTimestamp`, and not that of their producer.
    var usesAppendTime: Bool { attributes & Self.logAppendFlag != 0 }
    var isTransactional: Bool { attributes & Self.transactionalFlag != 0 }
    var isControl: Bool { attributes & Self.controlFlag != 0 }
    /// Sequence number of the last record; after 2^31-1 they start again from 0.
    var lastSequence: Int32 {
        guard baseSequence >= 0 else { return baseSequence }
        return Int32(truncatingIfNeeded: (Int64(baseSequence) + Int64(lastOffsetDelta)) & Int64(Int32.max))
    }
}

extension RecordBatchHeader {
    /// Reads the header at `index` and checks what reading on depends on: the magic and the length.
    ///
    /// Whether the batch's bytes are all there is for the caller to see, from `sizeInBytes`.
    init(reading bytes: ByteBuffer, at index: Int) throws(RecordBatchError) {
        guard index >= bytes.readerIndex, bytes.writerIndex - index >= Self.size else { throw .truncated }
        var reader = bytes
        reader.moveReaderIndex(to: index)
        guard
            let (baseOffset, batchLength, leaderEpoch, magic, crc, attributes, lastOffsetDelta) = reader
                .readMultipleIntegers(as: (Int64, Int32, Int32, Int8, UInt32, Int16, Int32).self),
            let (baseTimestamp, maxTimestamp, producerID, producerEpoch, baseSequence, recordCount) = reader
                .readMultipleIntegers(as: (Int64, Int64, Int64, Int16, Int32, Int32).self)
        else { throw .truncated }
        guard magic == 2 else { throw .unsupportedMagic(magic) }
        guard Int(batchLength) >= Self.size - Self.lengthOverhead else { throw .invalidLength(batchLength) }
        self.init(
            baseOffset: baseOffset, batchLength: batchLength, partitionLeaderEpoch: leaderEpoch, crc: crc,
            attributes: attributes, lastOffsetDelta: lastOffsetDelta, baseTimestamp: baseTimestamp,
            maxTimestamp: maxTimestamp, producerID: producerID, producerEpoch: producerEpoch,
            baseSequence: baseSequence, recordCount: recordCount
        )
    }

    /// Writes the header's 61 bytes.
    func write(to bytes: inout ByteBuffer) {
        bytes.writeMultipleIntegers(baseOffset, batchLength, partitionLeaderEpoch, magic, crc, attributes, lastOffsetDelta)
        bytes.writeMultipleIntegers(baseTimestamp, maxTimestamp, producerID, producerEpoch, baseSequence, recordCount)
    }
}
