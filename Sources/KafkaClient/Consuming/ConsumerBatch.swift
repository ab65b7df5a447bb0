/// What one ``Consumer/poll(maxRecords:timeout:)`` took.
///
/// Records of one partition are in the order of their offsets; nothing is said about the order
/// between partitions.
public struct ConsumerBatch: Sendable, Hashable {
    public var records: [ConsumedRecord]
    /// Partitions whose end was reached, each with the next offset it will hold. Behind a
    /// transaction's control record that is the offset after the control record.
    ///
    /// Noticed once for each time the end is reached, and only with
    /// ``ConsumerConfiguration/reportsEndOfPartition``.
    public var endOfPartitions: [TopicPartition: Int64]

    public init(records: [ConsumedRecord] = [], endOfPartitions: [TopicPartition: Int64] = [:]) {
        self.records = records
        self.endOfPartitions = endOfPartitions
    }

    public var isEmpty: Bool { records.isEmpty && endOfPartitions.isEmpty }
}
