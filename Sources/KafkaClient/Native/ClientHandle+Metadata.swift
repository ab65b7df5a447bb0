internal import CLibrdkafka

extension ClientHandle {
    enum MetadataScope: Sendable {
        case all
        case topic(String)
    }

    /// Never creates a topic when asked of a consumer handle: `allow.auto.create.topics` is off
    /// there by default.
    func metadata(_ scope: MetadataScope, timeout: Duration) async throws(KafkaError) -> ClusterMetadata {
        let deadline = ContinuousClock.now + timeout
        do throws(KafkaError) {
            return try await block(abandonable: true) { client in
                while true {
                    let answer = Self.metadata(client, scope, deadline.remaining.kafkaMilliseconds)
                    // A topic's leader is elected some time after its creation.
                    guard case .success(let metadata) = answer, case .topic = scope,
                        metadata.topics.contains(where: {
                            $0.error?.nativeCode == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE.rawValue
                        }),
                        deadline.remaining > .zero
                    else { return answer }
                    ferry_pause(20)
                }
            }
        } catch {
            throw explained(error)
        }
    }

    private static func metadata(
        _ client: OpaquePointer,
        _ scope: MetadataScope,
        _ milliseconds: Int32
    ) -> Result<ClusterMetadata, KafkaError> {
        var topic: OpaquePointer?
        if case .topic(let name) = scope {
            topic = rd_kafka_topic_new(client, name, nil)
            guard topic != nil else {
                return .failure(KafkaError(native: rd_kafka_last_error(), "metadata of \(name)"))
            }
        }
        defer { if let topic { rd_kafka_topic_destroy(topic) } }
        var pointer: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(client, topic == nil ? 1 : 0, topic, &pointer, milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let pointer else {
            return .failure(KafkaError(native: code, "metadata"))
        }
        defer { rd_kafka_metadata_destroy(pointer) }
        var metadata = ClusterMetadata(pointer.pointee)
        // Known from the same answer, so neither waits.
        let controller = rd_kafka_controllerid(client, 0)
        metadata.controller = controller >= 0 ? controller : nil
        if let id = rd_kafka_clusterid(client, 0) {
            metadata.id = String(cString: id)
            rd_kafka_mem_free(client, id)
        }
        return .success(metadata)
    }
}

extension ClusterMetadata {
    init(_ metadata: rd_kafka_metadata) {
        brokers = UnsafeBufferPointer(start: metadata.brokers, count: Int(metadata.broker_cnt))
            .map { Broker(id: $0.id, host: String(cString: $0.host), port: $0.port) }
            .sorted { $0.id < $1.id }
        topics = UnsafeBufferPointer(start: metadata.topics, count: Int(metadata.topic_cnt))
            .map(Topic.init)
            .sorted { $0.name < $1.name }
    }
}

extension ClusterMetadata.Topic {
    init(_ topic: rd_kafka_metadata_topic) {
        name = String(cString: topic.topic)
        error = topic.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(native: topic.err, "topic \(name)")
        partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt))
            .map { partition in
                ClusterMetadata.Partition(
                    id: partition.id,
                    leader: partition.leader,
                    replicas: Array(UnsafeBufferPointer(start: partition.replicas, count: Int(partition.replica_cnt))),
                    inSyncReplicas: Array(UnsafeBufferPointer(start: partition.isrs, count: Int(partition.isr_cnt)))
                )
            }
            .sorted { $0.id < $1.id }
    }
}
