import NIOCore

extension RecordBatch {
    /// Builds one uncompressed batch: for the broker's own logs, and for the markers it writes into others.
    ///
    /// The batch starts at offset 0; the log stamps the real one on append.
    struct Builder {
        private var records = ByteBuffer()
        private var count: Int32 = 0
        private var firstTimestamp: Int64 = 0
        private var maxTimestamp: Int64 = -1
        private let attributes: Int16
        private let producerID: Int64
        private let producerEpoch: Int16
        private let baseSequence: Int32

        init(
            producerID: Int64 = -1, producerEpoch: Int16 = -1, baseSequence: Int32 = -1, isTransactional: Bool = false, isControl: Bool = false
        ) {
            attributes = (isTransactional ? RecordBatchHeader.transactionalFlag : 0) | (isControl ? RecordBatchHeader.controlFlag : 0)
            self.producerID = producerID
            self.producerEpoch = producerEpoch
            self.baseSequence = baseSequence
        }

        mutating func append(key: ByteBuffer?, value: ByteBuffer?, timestamp: Int64) {
            if count == 0 { firstTimestamp = timestamp }
            maxTimestamp = max(maxTimestamp, timestamp)
            var record = ByteBuffer()
            record.writeInteger(0 as Int8)
            record.writeVarint(timestamp &- firstTimestamp)
            record.writeVarint(Int64(count))
            record.writeField(key)
            record.writeField(value)
            // No headers.
            record.writeVarint(0)
            records.writeVarint(Int64(record.readableBytes))
            records.writeBuffer(&record)
            count += 1
        }

        /// The batch so far. One without records is no batch that a log takes.
        func build() -> Validated {
            var header = RecordBatchHeader(
                baseOffset: 0, batchLength: 0, partitionLeaderEpoch: 0, crc: 0, attributes: attributes, lastOffsetDelta: max(count - 1, 0),
                baseTimestamp: firstTimestamp, maxTimestamp: maxTimestamp, producerID: producerID, producerEpoch: producerEpoch,
                baseSequence: baseSequence, recordCount: count)
            return RecordBatch.seal(&header, records: records)
        }
    }

    /// Puts header and records together, with the length and the checksum that belong to them.
    static func seal(_ header: inout RecordBatchHeader, records: ByteBuffer) -> Validated {
        header.batchLength = Int32(RecordBatchHeader.size - RecordBatchHeader.lengthOverhead + records.readableBytes)
        var bytes = ByteBuffer()
        bytes.reserveCapacity(header.sizeInBytes)
        header.write(to: &bytes)
        bytes.writeImmutableBuffer(records)
        header.crc = checksum(of: bytes)
        bytes.setInteger(header.crc, at: 17)
        return Validated(header: header, bytes: bytes)
    }
}

extension ByteBuffer {
    /// Writes a zigzag number of one to ten bytes.
    fileprivate mutating func writeVarint(_ value: Int64) {
        var raw = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while raw >= 0x80 {
            writeInteger(UInt8(truncatingIfNeeded: raw) | 0x80)
            raw >>= 7
        }
        writeInteger(UInt8(truncatingIfNeeded: raw))
    }

    /// Writes a length and the bytes; -1 for NULL.
    fileprivate mutating func writeField(_ field: ByteBuffer?) {
        guard let field else { return writeVarint(-1) }
        writeVarint(Int64(field.readableBytes))
        writeImmutableBuffer(field)
    }
}
