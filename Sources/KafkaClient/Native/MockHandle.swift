internal import CLibrdkafka

/// Owns an `rd_kafka_mock_cluster_t` and the client that runs it.
///
/// Unchecked: the mock's functions may be called from any thread, and `destroy` is called once,
/// by the last owner.
final class MockHandle: @unchecked Sendable {
    private let cluster: OpaquePointer
    private let host: OpaquePointer

    init(brokers: Int32) throws(KafkaError) {
        let configuration = try NativeConfiguration(
            KafkaConfiguration(bootstrapServers: "", clientID: "mock-host", properties: ["log_level": "3"])
        )
        host = try configuration.makeClient(RD_KAFKA_PRODUCER)
        guard let cluster = rd_kafka_mock_cluster_new(host, brokers) else {
            rd_kafka_destroy(host)
            throw KafkaError(.invalidArgument, "a mock cluster of \(brokers) brokers cannot be made")
        }
        self.cluster = cluster
    }

    func withCluster<R>(_ body: (OpaquePointer) -> R) -> R {
        withExtendedLifetime(self) { body(cluster) }
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(host)
    }
}
