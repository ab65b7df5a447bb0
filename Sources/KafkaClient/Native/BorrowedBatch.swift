internal import CLibrdkafka

/// What one ``Consumer/withBatch(maxRecords:timeout:_:)`` shows: records in librdkafka's own
/// memory, which nothing can be kept of except by a copy.
public struct BorrowedBatch: ~Copyable {
    let drained: DrainedMessages

    public var count: Int { drained.records.count }

    /// As ``ConsumerBatch/endOfPartitions``.
    public var endOfPartitions: [TopicPartition: Int64] { drained.ends }

    /// Shows every record, those of one partition in the order of their offsets. An error of
    /// `body` ends it.
    @inlinable
    public borrowing func forEach<E>(_ body: (borrowing BorrowedRecord) throws(E) -> Void) throws(E) {
        for index in 0..<count {
            if let record = record(at: index) { try body(record) }
        }
    }

    @usableFromInline
    borrowing func record(at index: Int) -> BorrowedRecord? {
        guard let message = drained.records[index] else { return nil }
        return BorrowedRecord(message: message)
    }
}
