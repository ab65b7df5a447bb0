internal import CLibrdkafka

/// What one drain of the queue brought, valid only while it is shown.
struct DrainedMessages: ~Copyable {
    let records: UnsafeBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    let ends: [TopicPartition: Int64]

    func batch() -> ConsumerBatch {
        guard !records.isEmpty else { return ConsumerBatch(endOfPartitions: ends) }
        var copying = MessageCopying()
        var copies: [ConsumedRecord] = []
        copies.reserveCapacity(records.count)
        for case let message? in records { copies.append(copying.record(message)) }
        return ConsumerBatch(records: copies, endOfPartitions: ends)
    }
}
