import KafkaClient
import Testing

@testable import EmbeddedKafka

extension SecureBroker {
    /// Expects clients with this security to write, to read as a group, and to commit.
    func expectService(_ security: KafkaSecurity, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let producer = try Producer(kafka(security), logger: .silent)
        let first = try await producer.send(ProducerRecord(topic: "t", value: [1])).offset
        await producer.close()
        let consumer = try Consumer(ConsumerConfiguration(kafka(security), groupID: "g", startWhenNoOffset: .earliest), logger: .silent)
        try consumer.subscribe(["t"])
        var records: [ConsumedRecord] = []
        try await eventually {
            records += try await consumer.poll(maxRecords: 10, timeout: .milliseconds(200)).records
            return !records.isEmpty
        }
        #expect(records.map(\.offset) == [first], sourceLocation: sourceLocation)
        let partition = TopicPartition("t", 0)
        try await consumer.commit([partition: first + 1])
        let committed = try await consumer.committed([partition], timeout: Asking.patience)
        #expect(committed == [partition: first + 1], sourceLocation: sourceLocation)
        await consumer.close()
    }

    /// Expects every kind of call to end in its time with an authentication error, whose message has `reason`.
    ///
    /// Whatever the clients log, and what their errors say, has none of `secrets`.
    func expectRefusal(
        _ security: KafkaSecurity, saying reason: String, secrets: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let kafka = kafka(security, ["debug": "all", "message.timeout.ms": "1000"])
        let logs = (0..<4).map { _ in LogLines(logLevel: .trace) }
        let admin = try AdminClient(kafka, logger: logs[0].logger)
        let producer = try Producer(kafka, logger: logs[1].logger)
        let transactional = try TransactionalProducer(kafka, transactionalID: "t", logger: logs[2].logger)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: logs[3].logger)
        try consumer.subscribe(["t"])
        // Once a connection has failed, a call knows why it has to wait: its time may be short.
        try await eventually { logs.allSatisfy { $0.all.contains("Connection trouble") } }

        let (record, short, partition) = (ProducerRecord(topic: "t", value: [1]), Duration.seconds(1), TopicPartition("t", 0))
        let errors = [
            "metadata": await failure { () async throws(KafkaError) in try await admin.metadata(topics: nil, timeout: short) },
            "send": await failure { () async throws(KafkaError) in try await producer.send(record) },
            "send all": await failure { () async throws(KafkaError) in try await producer.send(contentsOf: [record]).first?.get() },
            "flush": await failure { () async throws(KafkaError) in
                try await producer.enqueue(record)
                try await producer.flush(timeout: Asking.patience)
            },
            "initialize": await failure { () async throws(KafkaError) in try await transactional.initialize(timeout: short) },
            "poll": await failure { () async throws(KafkaError) in
                try await consumer.poll(maxRecords: 1, timeout: Asking.patience)
            },
            "watermarks": await failure { () async throws(KafkaError) in try await consumer.watermarks(partition, timeout: short) },
        ]
        await admin.close()
        await producer.close(timeout: .zero)
        await transactional.close()
        await consumer.close()

        for (call, error) in errors {
            let error = try #require(error, "\(call)", sourceLocation: sourceLocation)
            #expect(error.code == .authentication, "\(call): \(error)", sourceLocation: sourceLocation)
            #expect(error.message.contains(reason), "\(call): \(error)", sourceLocation: sourceLocation)
        }
        let said = logs.map(\.text).joined() + "\(errors)"
        #expect(secrets.filter { said.contains($0) } == [], sourceLocation: sourceLocation)
    }
}
