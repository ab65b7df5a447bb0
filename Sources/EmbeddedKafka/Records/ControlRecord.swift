import NIOCore

/// The single record of a control batch: how a transaction of its producer ended in this partition.
struct ControlRecord: Hashable, Sendable {
    enum Kind: Int16, Sendable {
        case abort = 0
        case commit = 1
    }

    var kind: Kind
    /// Epoch of the transaction coordinator that decided; a marker of an older one is a straggler.
    var coordinatorEpoch: Int32

    init(kind: Kind, coordinatorEpoch: Int32) {
        self.kind = kind
        self.coordinatorEpoch = coordinatorEpoch
    }

    /// Reads a control batch. `nil` for a kind that is not about transactions, or a batch emptied by compaction.
    init?(in batch: ByteBuffer) throws(RecordBatchError) {
        guard let record = try RecordBatch.records(in: batch).first,
            let (_, code) = record.key?.getMultipleIntegers(at: record.key?.readerIndex ?? 0, as: (Int16, Int16).self),
            let kind = Kind(rawValue: code)
        else { return nil }
        let epoch = record.value.flatMap { $0.getInteger(at: $0.readerIndex + 2, as: Int32.self) }
        self.init(kind: kind, coordinatorEpoch: epoch ?? 0)
    }

    /// The control batch that ends the producer's transaction.
    func batch(producerID: Int64, producerEpoch: Int16, timestamp: Int64) -> RecordBatch.Validated {
        var builder = RecordBatch.Builder(
            producerID: producerID, producerEpoch: producerEpoch, isTransactional: true, isControl: true)
        var key = ByteBuffer()
        key.writeMultipleIntegers(0 as Int16, kind.rawValue)
        var value = ByteBuffer()
        value.writeMultipleIntegers(0 as Int16, coordinatorEpoch)
        builder.append(key: key, value: value, timestamp: timestamp)
        return builder.build()
    }
}
