internal import CLibrdkafka

extension ConsumerCore {
    // MARK: - Local: librdkafka's main thread takes note, nothing goes over the network

    func subscribe(_ topics: [String]) throws(KafkaError) {
        try pass { (client) throws(KafkaError) in
            choices.add(1, ordering: .relaxed)
            let code = topics.isEmpty
                ? rd_kafka_unsubscribe(client)
                : PartitionList(topics: topics).withPointer { rd_kafka_subscribe(client, $0) }
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code, "subscribe") }
        }
    }

    func assign(_ partitions: [TopicPartition: StartOffset]) throws(KafkaError) {
        let list = PartitionList(partitions.map { ($0.key, $0.value.native) })
        try pass { (client) throws(KafkaError) in
            let code = list.withPointer { rd_kafka_assign(client, $0) }
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code, "assign") }
        }
    }

    func assignment() throws(KafkaError) -> [TopicPartition] {
        try handle.use { (client) throws(KafkaError) in
            var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
            let code = rd_kafka_assignment(client, &list)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
                throw KafkaError(native: code, "assignment")
            }
            return PartitionList(owning: list).entries.map(\.partition).sorted()
        }
    }

    func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
        readOneByOne()
        let list = PartitionList(partitions)
        try pass { (client) throws(KafkaError) in
            try Self.apply(list, "pause", client) { rd_kafka_pause_partitions($0, $1) }
        }
    }

    func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try pass { (client) throws(KafkaError) in
            try Self.apply(list, "resume", client) { rd_kafka_resume_partitions($0, $1) }
        }
    }

    func position(_ partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartition: Int64?] {
        let list = PartitionList(partitions)
        try handle.use { (client) throws(KafkaError) in
            try Self.apply(list, "position", client) { rd_kafka_position($0, $1) }
        }
        return try list.offsets("position")
    }

    private static func apply(
        _ list: PartitionList,
        _ what: String,
        _ client: OpaquePointer,
        _ call: (OpaquePointer, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> rd_kafka_resp_err_t
    ) throws(KafkaError) {
        let code = list.withPointer { call(client, $0) }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code, what) }
        if let error = list.firstError(what) { throw error }
    }

    func groupMetadata() throws(KafkaError) -> GroupMetadataHandle {
        try handle.use { (client) throws(KafkaError) in
            guard let metadata = rd_kafka_consumer_group_metadata(client) else {
                throw KafkaError(.invalidState, "the consumer has no group")
            }
            return GroupMetadataHandle(owning: metadata)
        }
    }

    // MARK: - Over the network

    func commit(_ next: [TopicPartition: Int64]) async throws(KafkaError) {
        guard !next.isEmpty else { return }
        let list = PartitionList(next)
        try await handle.request { (client, queue, opaque) throws(KafkaError) in
            try pass(inHook: true) { (_) throws(KafkaError) in
                let code = list.withPointer { rd_kafka_commit_queue(client, $0, queue, nil, opaque) }
                if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code, "commit") }
            }
        } read: { event -> Result<Void, KafkaError> in
            let code = rd_kafka_event_error(event)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { return .failure(KafkaError(native: code, "commit")) }
            let failed = rd_kafka_event_topic_partition_list(event).flatMap {
                PartitionList.entries(of: $0).first { $0.error != RD_KAFKA_RESP_ERR_NO_ERROR }
            }
            return failed.map {
                .failure(KafkaError(native: $0.error, "commit", topicPartition: $0.partition))
            } ?? .success(())
        }
    }

    func committed(
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        let list = PartitionList(partitions)
        try await query { client in
            list.withPointer { rd_kafka_committed(client, $0, timeout.kafkaMilliseconds) }
        }
        return try list.offsets("committed")
    }

    func offsets(
        at times: [TopicPartition: Int64],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        let list = PartitionList(times)
        try await query { client in
            list.withPointer { rd_kafka_offsets_for_times(client, $0, timeout.kafkaMilliseconds) }
        }
        return try list.offsets("offsets by time")
    }

    func watermarks(
        _ partition: TopicPartition,
        timeout: Duration
    ) async throws(KafkaError) -> Watermarks {
        do throws(KafkaError) {
            return try await handle.block(abandonable: true) { client in
                var (low, high): (Int64, Int64) = (0, 0)
                let code = rd_kafka_query_watermark_offsets(
                    client, partition.topic, partition.partition, &low, &high, timeout.kafkaMilliseconds
                )
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    return .failure(KafkaError(native: code, "watermarks", topicPartition: partition))
                }
                return .success(Watermarks(low: low, high: high))
            }
        } catch {
            throw handle.explained(error)
        }
    }

    /// By topic handle: rd_kafka_seek_partitions takes its timeout a thousand times too short
    /// in 2.0.2 (librdkafka #4230).
    func seek(
        _ partition: TopicPartition,
        to offset: Int64,
        timeout: Duration
    ) async throws(KafkaError) {
        try await handle.block(abandonable: false) { client -> Result<Void, KafkaError> in
            guard let topic = rd_kafka_topic_new(client, partition.topic, nil) else {
                return .failure(KafkaError(native: rd_kafka_last_error(), "seek", topicPartition: partition))
            }
            defer { rd_kafka_topic_destroy(topic) }
            // A timeout of zero would not wait, and not say whether it worked.
            let code = rd_kafka_seek(topic, partition.partition, offset, max(1, timeout.kafkaMilliseconds))
            return code == RD_KAFKA_RESP_ERR_NO_ERROR
                ? .success(()) : .failure(KafkaError(native: code, "seek", topicPartition: partition))
        }
    }

    private func query(
        _ call: @escaping @Sendable (OpaquePointer) -> rd_kafka_resp_err_t
    ) async throws(KafkaError) {
        do throws(KafkaError) {
            try await handle.block(abandonable: true) { client -> Result<Void, KafkaError> in
                let code = call(client)
                return code == RD_KAFKA_RESP_ERR_NO_ERROR ? .success(()) : .failure(KafkaError(native: code))
            }
        } catch {
            throw handle.explained(error)
        }
    }
}

extension StartOffset {
    var native: Int64 {
        switch self {
        case .earliest: Int64(RD_KAFKA_OFFSET_BEGINNING)
        case .latest: Int64(RD_KAFKA_OFFSET_END)
        case .stored: Int64(RD_KAFKA_OFFSET_STORED)
        case .at(let offset): offset
        }
    }
}
