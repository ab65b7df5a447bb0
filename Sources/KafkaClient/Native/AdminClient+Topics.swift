internal import CLibrdkafka

extension AdminClient {
    /// Per topic: `nil` if it was created, else why not. A topic that exists is
    /// ``KafkaError/Code-swift.struct/topicAlreadyExists`` and left as it is.
    public func createTopics(
        _ topics: [NewTopic],
        timeout: Duration
    ) async throws(KafkaError) -> [String: KafkaError?] {
        guard !topics.isEmpty else { return [:] }
        let list = try TopicsToCreate(topics)
        return try await handle.administer(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout: timeout) { client, options, queue in
            list.withPointers { rd_kafka_CreateTopics(client, $0, $1, options, queue) }
        } read: { event in
            var count = 0
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
            return .success(topicOutcomes(results, count: count))
        }
    }

    /// Per topic: `nil` if it was deleted, else why not.
    public func deleteTopics(
        _ names: [String],
        timeout: Duration
    ) async throws(KafkaError) -> [String: KafkaError?] {
        guard !names.isEmpty else { return [:] }
        return try await handle.administer(RD_KAFKA_ADMIN_OP_DELETETOPICS, timeout: timeout) { client, options, queue in
            var topics = names.map { rd_kafka_DeleteTopic_new($0) }
            rd_kafka_DeleteTopics(client, &topics, topics.count, options, queue)
            rd_kafka_DeleteTopic_destroy_array(&topics, topics.count)
        } read: { event in
            var count = 0
            let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
            return .success(topicOutcomes(results, count: count))
        }
    }

    /// Raises the number of partitions to `total`; keys then go to other partitions than
    /// before. Per topic: `nil` if it was done, else why not.
    public func createPartitions(
        _ total: [String: Int],
        timeout: Duration
    ) async throws(KafkaError) -> [String: KafkaError?] {
        guard !total.isEmpty else { return [:] }
        var partitions: [OpaquePointer?] = []
        defer { rd_kafka_NewPartitions_destroy_array(&partitions, partitions.count) }
        for (topic, count) in total {
            var text = [CChar](repeating: 0, count: 256)
            guard let new = rd_kafka_NewPartitions_new(topic, max(0, count), &text, text.count) else {
                throw KafkaError(.invalidArgument, "\(topic): \(String(nullTerminated: text))")
            }
            partitions.append(new)
        }
        return try await handle.administer(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, timeout: timeout) { client, options, queue in
            rd_kafka_CreatePartitions(client, &partitions, partitions.count, options, queue)
        } read: { event in
            var count = 0
            let results = rd_kafka_CreatePartitions_result_topics(
                rd_kafka_event_CreatePartitions_result(event), &count
            )
            return .success(topicOutcomes(results, count: count))
        }
    }

    /// Deletes all records before the given offsets; -1 stands for the high watermark. Per
    /// partition the new low watermark, or why not.
    public func deleteRecords(
        before offsets: [TopicPartition: Int64],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Result<Int64, KafkaError>] {
        guard !offsets.isEmpty else { return [:] }
        let list = PartitionList(offsets)
        return try await handle.administer(RD_KAFKA_ADMIN_OP_DELETERECORDS, timeout: timeout) { client, options, queue in
            var request = list.withPointer { rd_kafka_DeleteRecords_new($0) }
            rd_kafka_DeleteRecords(client, &request, 1, options, queue)
            rd_kafka_DeleteRecords_destroy(request)
        } read: { event in
            let result = rd_kafka_event_DeleteRecords_result(event)
            guard let answer = rd_kafka_DeleteRecords_result_offsets(result) else { return .success([:]) }
            var outcomes: [TopicPartition: Result<Int64, KafkaError>] = [:]
            for entry in PartitionList.entries(of: answer) {
                outcomes[entry.partition] = entry.error == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? .success(entry.offset)
                    : .failure(KafkaError(native: entry.error, "delete records", topicPartition: entry.partition))
            }
            return .success(outcomes)
        }
    }
}

/// Owns an array of `rd_kafka_NewTopic_t`. Used within one call.
private final class TopicsToCreate {
    private var pointers: [OpaquePointer?] = []

    init(_ topics: [NewTopic]) throws(KafkaError) {
        for topic in topics {
            var text = [CChar](repeating: 0, count: 256)
            guard let new = rd_kafka_NewTopic_new(
                topic.name, topic.partitions, Int32(topic.replication), &text, text.count
            ) else {
                throw KafkaError(.invalidArgument, "\(topic.name): \(String(nullTerminated: text))")
            }
            pointers.append(new)
            for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
                rd_kafka_NewTopic_set_config(new, name, value)
            }
        }
    }

    deinit { rd_kafka_NewTopic_destroy_array(&pointers, pointers.count) }

    func withPointers(_ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Void) {
        pointers.withUnsafeMutableBufferPointer { body($0.baseAddress, $0.count) }
    }
}
