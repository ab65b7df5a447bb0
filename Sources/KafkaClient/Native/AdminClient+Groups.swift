internal import CLibrdkafka

extension AdminClient {
    /// A group's committed offsets; `nil` where there is none.
    public func committedOffsets(
        group: String,
        partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        guard !partitions.isEmpty else { return [:] }
        return try await committedOffsets(group: group, PartitionList(partitions), timeout: timeout)
    }

    /// All of a group's committed offsets.
    public func committedOffsets(
        group: String,
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        try await committedOffsets(group: group, nil, timeout: timeout).compactMapValues { $0 }
    }

    private func committedOffsets(
        group: String,
        _ list: PartitionList?,
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        let operation = RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            var request = list.map { $0.withPointer { rd_kafka_ListConsumerGroupOffsets_new(group, $0) } }
                ?? rd_kafka_ListConsumerGroupOffsets_new(group, nil)
            rd_kafka_ListConsumerGroupOffsets(client, &request, 1, options, queue)
            rd_kafka_ListConsumerGroupOffsets_destroy(request)
        } read: { event in
            var count = 0
            let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
                rd_kafka_event_ListConsumerGroupOffsets_result(event), &count
            )
            return Result { () throws(KafkaError) in
                try groupPartitions(results, count: count).map { list throws(KafkaError) in
                    try PartitionList(copying: list).offsets("committed offsets of \(group)")
                } ?? [:]
            }
        }
    }
}

/// The partitions of the one group that was asked for, or the group's error.
func groupPartitions(
    _ results: UnsafeMutablePointer<OpaquePointer?>?,
    count: Int
) throws(KafkaError) -> UnsafePointer<rd_kafka_topic_partition_list_t>? {
    guard count > 0, let result = results?[0] else { return nil }
    // The error stays the event's.
    if let error = rd_kafka_group_result_error(result) {
        throw KafkaError(
            native: rd_kafka_error_code(error), "group \(String(cString: rd_kafka_group_result_name(result)))"
        )
    }
    return rd_kafka_group_result_partitions(result)
}
