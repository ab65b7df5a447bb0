import KafkaClient
import KafkaClientServices
import Logging
import MetricsTestKit
import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@Suite("Clients as services of a group", .timeLimit(.minutes(5)))
struct ServiceTests {
    let cluster: MockCluster

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t")
    }

    private func kafka(_ properties: [String: String] = [:]) -> KafkaConfiguration {
        KafkaConfiguration(bootstrapServers: cluster.bootstrapServers, properties: properties)
    }

    @Test("a graceful shutdown delivers what is queued, and closes the client")
    func gracefulShutdown() async throws {
        let producer = try Producer(kafka(["linger.ms": "3000"]), logger: .quiet)
        try await producer.enqueue(ProducerRecord(topic: "t"))
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup { group in
                group.addTask { try await producer.run() }
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
        #expect(await failure { try await producer.enqueue(ProducerRecord(topic: "t")) }?.code == .closed)
        let consumer = try Consumer(ConsumerConfiguration(kafka(), groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("t", 0): .earliest])
        #expect(try await consumer.take(1).count == 1)
        await consumer.close()
    }

    @Test("a producer that loses records by its shutdown throws how many")
    func lostRecords() async throws {
        let producer = try Producer(kafka(["message.timeout.ms": "50", "enable.idempotence": "false"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        for _ in 0..<3 { try await producer.enqueue(ProducerRecord(topic: "t")) }
        let running = Task { try await producer.run() }
        running.cancel()
        await #expect(throws: KafkaError(
            .timedOut, "3 records were not delivered by the time the producer was closed"
        )) { try await running.value }
    }

    @Test("the shutdown of a consumer ends the iteration over its records")
    func consumer() async throws {
        let consumer = try Consumer(ConsumerConfiguration(kafka(), groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let admin = try AdminClient(kafka(), logger: .quiet)
        let transactional = try TransactionalProducer(kafka(), transactionalID: unique("tx"), logger: .quiet)
        let reading = Task { for try await _ in consumer.records {} }
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup { group in
                let services: [any Service] = [consumer, admin, transactional]
                for service in services { group.addTask { try await service.run() } }
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
        try await reading.value
    }

    @Test("the usual figures are published while it is known what they are, and go with the service")
    func metrics() async throws {
        let published = TestMetrics()
        var kafka = kafka()
        kafka.statisticsInterval = .milliseconds(50)
        let producer = try Producer(kafka, logger: .quiet)
        for _ in 0..<5 { try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("v"))) }
        try await producer.flush(timeout: .seconds(20))
        let service = ClientMetrics(
            of: producer, every: .milliseconds(20), prefix: "p", dimensions: [("service", "cart")], factory: published
        )
        let running = Task { try await service.run() }
        let name = try #require(try await statistics(of: producer)).client
        let dimensions = [("service", "cart"), ("client", name)]
        try await eventually("five records are counted") {
            (try? published.expectCounter("p_sent_records_total", dimensions))?.totalValue == 5
        }
        #expect(try published.expectCounter("p_sent_bytes_total", dimensions).totalValue > 0)
        #expect(try published.expectRecorder("p_queue_records", dimensions).lastValue == 0)
        let broker = dimensions + [("broker", "1")]
        #expect(try published.expectRecorder("p_broker_round_trip_seconds", broker).lastValue != nil)
        #expect(published.recorders.allSatisfy { !$0.label.contains("lag") })
        running.cancel()
        try await running.value
        #expect(published.recorders.isEmpty)
        await producer.close()
    }

    @Test("the lag of a partition is published, and taken away with the partition")
    func lag() async throws {
        let published = TestMetrics()
        var kafka = kafka()
        kafka.statisticsInterval = .milliseconds(50)
        let producer = try Producer(kafka, logger: .quiet)
        for _ in 0..<5 { try await producer.enqueue(ProducerRecord(topic: "t")) }
        await producer.close()
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .quiet)
        let partition = TopicPartition("t", 0)
        try consumer.assign([partition: .earliest])
        _ = try await consumer.take(5)
        try await consumer.commit([partition: 2])
        let running = Task {
            try await ClientMetrics(of: consumer, every: .milliseconds(20), factory: published).run()
        }
        try await eventually("three are missing") {
            published.recorders.first { $0.label == "kafka_partition_lag_records" }?.lastValue == 3
        }
        try consumer.assign([:])
        try await eventually("it is taken away") {
            published.recorders.allSatisfy { $0.label != "kafka_partition_lag_records" }
        }
        running.cancel()
        try await running.value
        await consumer.close()
    }

    private func statistics(of client: some StatisticsSource) async throws -> Statistics? {
        try await eventually("there are statistics") { try client.statistics() != nil }
        return try client.statistics()
    }
}
