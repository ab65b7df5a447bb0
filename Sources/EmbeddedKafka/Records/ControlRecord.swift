import NIOCore

/// The single record of a control batch: how a transaction of its producer ended in this partition.
struct ControlRecord: Hashable, Sendable {
    enum Kind: Int16, Sendable {
        case abort = 0
        case commit = 1
    }

    let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// Reads a control batch. `nil` for a kind that is not about transactions, or a batch emptied by compaction.
    init?(in batch: ByteBuffer) throws(RecordBatchError) {
        guard let record = try RecordBatch.records(in: batch).first,
            let (_, code) = record.key?.getMultipleIntegers(at: record.key?.readerIndex ?? 0, as: (Int16, Int16).self),
            let kind = Kind(rawValue: code)
        else { return nil }
        self.init(kind)
    }

    /// The control batch that ends the producer's transaction.
    func batch(producerID: Int64, producerEpoch: Int16, timestamp: Int64) -> RecordBatch.Validated {
        var builder = RecordBatch.Builder(producerID: producerID, producerEpoch: producerEpoch, isTransactional: true, isControl: true)
        var key = ByteBuffer()
        key.writeMultipleIntegers(0 as Int16, kind.rawValue)
        var value = ByteBuffer()
        // Version, and the epoch of the coordinator: there is never another one.
        value.writeMultipleIntegers(0 as Int16, 0 as Int32)
        builder.append(key: key, value: value, timestamp: timestamp)
        return builder.build()
    }
}
