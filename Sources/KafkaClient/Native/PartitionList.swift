internal import CLibrdkafka

/// Owns an `rd_kafka_topic_partition_list_t`.
///
/// Unchecked: a list is built and used by one call at a time, and handed from the task to the
/// client's thread, never shared.
final class PartitionList: @unchecked Sendable {
    private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// The list outlives the call. Handed out as a property, the pointer would outlive a list
    /// that nobody mentions again: Swift may destroy an object after its last use.
    func withPointer<R>(_ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> R) -> R {
        withExtendedLifetime(self) { body(pointer) }
    }

    /// Takes over a list that librdkafka made.
    init(owning pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) {
        self.pointer = pointer
    }

    init(copying pointer: UnsafePointer<rd_kafka_topic_partition_list_t>) {
        self.pointer = rd_kafka_topic_partition_list_copy(pointer)
    }

    convenience init(_ partitions: some Collection<TopicPartition>) {
        self.init(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
    }

    convenience init(_ offsets: [TopicPartition: Int64]) {
        self.init(offsets.map { ($0.key, $0.value) })
    }

    convenience init(topics: [String]) {
        self.init(topics.map { (TopicPartition($0, RD_KAFKA_PARTITION_UA), Int64(RD_KAFKA_OFFSET_INVALID)) })
    }

    init(_ entries: [(TopicPartition, Int64)]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: entries.count))
        for (partition, offset) in entries {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)?
                .pointee.offset = offset
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    struct Entry {
        var partition: TopicPartition
        var offset: Int64
        var error: rd_kafka_resp_err_t
    }

    var entries: [Entry] { withPointer { Self.entries(of: $0) } }

    static func entries(of list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [Entry] {
        UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)).map { element in
            Entry(
                partition: TopicPartition(String(cString: element.topic), element.partition),
                offset: element.offset,
                error: element.err
            )
        }
    }

    /// The offsets that are offsets: librdkafka marks "none" by negative numbers.
    func offsets(_ context: String) throws(KafkaError) -> [TopicPartition: Int64?] {
        var offsets: [TopicPartition: Int64?] = [:]
        for entry in entries {
            guard entry.error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(native: entry.error, context, topicPartition: entry.partition)
            }
            offsets[entry.partition] = .some(entry.offset >= 0 ? entry.offset : nil)
        }
        return offsets
    }

    /// The first entry that failed, as an error.
    func firstError(_ context: String) -> KafkaError? {
        entries.first { $0.error != RD_KAFKA_RESP_ERR_NO_ERROR }
            .map { KafkaError(native: $0.error, context, topicPartition: $0.partition) }
    }
}
