import KafkaClient
import Logging
import Testing

@Suite("Logs and statistics", .timeLimit(.minutes(5)))
struct ObservationTests {
    @Test("librdkafka's log lines reach the logger at their level, and below its level nothing does")
    func logs() async throws {
        let (all, errors) = (LogLines(), LogLines())
        for lines in [all, errors] {
            let producer = try Producer(
                KafkaConfiguration(bootstrapServers: "127.0.0.1:1", properties: ["debug": "broker"]),
                logger: lines.logger(level: lines === all ? .trace : .critical)
            )
            if lines === all {
                try await eventually("a debug line") {
                    lines.all.contains { $0.hasPrefix("debug") && $0.contains("facility") }
                }
                try await eventually("the trouble with the connection") {
                    lines.all.contains { $0.hasPrefix("notice Connection trouble") && $0.contains("brokerUnavailable") }
                }
            }
            await producer.close(timeout: .zero)
        }
        #expect(errors.all == [])
    }

    @Test("a timeout says what the connection last complained of")
    func explainedTimeout() async throws {
        let lines = LogLines()
        let admin = try AdminClient(KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), logger: lines.logger)
        try await eventually("the trouble with the connection") {
            lines.all.contains { $0.contains("Connection trouble") }
        }
        let error = await failure { _ = try await admin.metadata(topics: nil, timeout: .milliseconds(100)) }
        #expect(error?.message.contains("last seen:") == true, "\(String(describing: error))")
        await admin.close()
    }

    @Test("statistics are there after the first interval, and only if wanted")
    func statistics() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 2)
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers, statisticsInterval: .milliseconds(50)
        )
        let producer = try Producer(kafka, logger: .quiet)
        _ = try await producer.send(ProducerRecord(topic: "t", partition: 1))
        try await eventually("the broker shows up, and the delivery") {
            guard let statistics = try producer.statistics() else { return false }
            return statistics.brokers.contains { $0.id == 1 && $0.state == "UP" }
                && statistics.partitions[TopicPartition("t", 1)]?.queued == 0
        }
        let statistics = try #require(try producer.statistics())
        #expect(statistics.client.hasPrefix("ferry#producer"))
        #expect(statistics.queueLimit == 100_000)
        #expect(statistics.sentRecords == 1)
        #expect(statistics.group == nil)
        await producer.close()

        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
        try consumer.subscribe(["t"])
        try await eventually("the group shows up, though nobody polls") {
            try consumer.statistics()?.group?.state == "up"
        }
        await consumer.close()

        let silent = try Producer(
            KafkaConfiguration(bootstrapServers: cluster.bootstrapServers), logger: .quiet
        )
        _ = try await silent.send(ProducerRecord(topic: "t", partition: 1))
        #expect(try silent.statistics() == nil)
        await silent.close()
    }
}
