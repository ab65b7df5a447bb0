internal import CLibrdkafka

/// A Kafka cluster of librdkafka's own within this process, for the injection of faults: brokers
/// that go down and come back, slow and wrong answers, leaders and coordinators that move.
///
/// It is no broker to prove exactly-once on: aborted records stay visible, transactional
/// offsets never commit, topics cannot be created by an ``AdminClient`` (use
/// ``createTopic(_:partitions:replication:)``), offsets by time are not known, a partition keeps
/// 5 MB or 100,000 records, and the first join of a group takes 3 s.
///
/// Any client reaches it by ``bootstrapServers``. Brokers are numbered from 1. Set a client's
/// `reconnect.backoff.max.ms` low, or a broker that came back looks down for long. It lives as
/// long as this object; a fault is in force when the call that sets it returns.
public final class MockCluster: Sendable {
    private let handle: MockHandle

    public init(brokers: Int = 1) throws(KafkaError) {
        handle = try MockHandle(brokers: Int32(clamping: brokers))
    }

    public var bootstrapServers: String {
        handle.withCluster { String(cString: rd_kafka_mock_cluster_bootstraps($0)) }
    }

    public func createTopic(
        _ name: String,
        partitions: Int = 1,
        replication: Int = 1
    ) throws(KafkaError) {
        try check("create \(name)") {
            rd_kafka_mock_topic_create($0, name, Int32(clamping: partitions), Int32(clamping: replication))
        }
    }

    // MARK: - Brokers

    /// Closes the broker's connections and refuses new ones.
    public func setDown(broker: Int32) throws(KafkaError) {
        try check("set broker \(broker) down") { rd_kafka_mock_broker_set_down($0, broker) }
    }

    public func setUp(broker: Int32) throws(KafkaError) {
        try check("set broker \(broker) up") { rd_kafka_mock_broker_set_up($0, broker) }
    }

    /// How long the broker takes for each answer.
    public func setRoundTrip(broker: Int32, _ time: Duration) throws(KafkaError) {
        try check("slow broker \(broker)") {
            rd_kafka_mock_broker_set_rtt($0, broker, time.kafkaMilliseconds)
        }
    }

    // MARK: - Answers

    /// The next requests of this kind, to whichever broker, are answered with these, one each. What
    /// is pushed for a broker goes first.
    public func push(_ faults: [MockFault], for request: MockRequest) {
        let errors = faults.map { rd_kafka_resp_err_t(rawValue: $0.rawValue) }
        handle.withCluster {
            rd_kafka_mock_push_request_errors_array($0, request.rawValue, errors.count, errors)
        }
    }

    /// As ``push(_:for:)``, of one broker: ``pending(for:broker:)`` tells when they were given.
    public func push(_ faults: [MockFault], for request: MockRequest, broker: Int32) throws(KafkaError) {
        for fault in faults { try push(fault, after: .zero, for: request, broker: broker) }
    }

    /// The next request of this kind to this broker is answered with this, after this time.
    public func push(
        _ fault: MockFault,
        after time: Duration,
        for request: MockRequest,
        broker: Int32
    ) throws(KafkaError) {
        try check("push to broker \(broker)") {
            ferry_mock_push_request_error_rtt(
                $0, broker, request.rawValue,
                rd_kafka_resp_err_t(rawValue: fault.rawValue), time.kafkaMilliseconds
            )
        }
    }

    /// How many of the answers pushed for this broker it has not given yet: zero proves that a fault
    /// landed. Those pushed for whichever broker are not counted.
    public func pending(for request: MockRequest, broker: Int32) throws(KafkaError) -> Int {
        var count = 0
        try check("count faults of broker \(broker)") {
            rd_kafka_mock_broker_error_stack_cnt($0, broker, request.rawValue, &count)
        }
        return count
    }

    public func clearFaults(for request: MockRequest) {
        handle.withCluster { rd_kafka_mock_clear_request_errors($0, request.rawValue) }
    }

    /// What metadata says of the topic from now on; ``MockFault/none`` clears it.
    public func setError(_ fault: MockFault, topic: String) {
        handle.withCluster {
            rd_kafka_mock_topic_set_error($0, topic, rd_kafka_resp_err_t(rawValue: fault.rawValue))
        }
    }

    // MARK: - Leaders and coordinators

    public func setLeader(of partition: TopicPartition, broker: Int32) throws(KafkaError) {
        try check("set leader of \(partition)") {
            rd_kafka_mock_partition_set_leader($0, partition.topic, partition.partition, broker)
        }
    }

    public func setCoordinator(group: String, broker: Int32) throws(KafkaError) {
        try check("set coordinator of \(group)") {
            rd_kafka_mock_coordinator_set($0, "group", group, broker)
        }
    }

    public func setCoordinator(transactionalID: String, broker: Int32) throws(KafkaError) {
        try check("set coordinator of \(transactionalID)") {
            rd_kafka_mock_coordinator_set($0, "transaction", transactionalID, broker)
        }
    }

    private func check(
        _ what: String,
        _ call: (OpaquePointer) -> rd_kafka_resp_err_t
    ) throws(KafkaError) {
        let code = handle.withCluster(call)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code, what) }
    }
}
