import KafkaClient

/// The code of the article "Testing with the mock".
struct MockSnippets {
    static func cluster() throws -> (MockCluster, KafkaConfiguration) {
        // snippet
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("orders", partitions: 2, replication: 3)
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: ["reconnect.backoff.max.ms": "100"]
        )
        // end
        return (cluster, kafka)
    }

    static func brokerAway(_ cluster: MockCluster, _ producer: Producer) async throws -> Delivery {
        for broker in Int32(2)...3 { try cluster.setDown(broker: broker) }
        // snippet
        try cluster.setDown(broker: 1)
        let sending = Task { try await producer.send(ProducerRecord(topic: "orders", value: Array("late".utf8))) }
        while producer.queuedRecords == 0 { try await Task.sleep(for: .milliseconds(5)) }
        try cluster.setUp(broker: 1)
        let delivery = try await sending.value
        // end
        return delivery
    }

    static func wrongAnswers(_ cluster: MockCluster, _ producer: Producer) async throws {
        // snippet
        try cluster.push([.notLeader, .requestTimedOut], for: .produce, broker: 1)
        _ = try await producer.send(ProducerRecord(topic: "orders"))
        let left = try cluster.pending(for: .produce, broker: 1)
        assert(left == 0)
        // end
    }
}
