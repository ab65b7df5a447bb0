import KafkaClient
import Logging
import Testing

@Suite("Transactions, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(5)))
struct BrokerTransactionTests {
    private func producer(_ id: String = unique("tx")) async throws -> TransactionalProducer {
        // What is asked while a transaction is open may take longer than ten seconds.
        var kafka = Broker.configuration
        kafka.properties["transaction.timeout.ms"] = "120000"
        let producer = try TransactionalProducer(kafka, transactionalID: id, logger: .quiet)
        try await producer.initialize(timeout: .seconds(30))
        return producer
    }

    private func reader(_ topic: String, _ isolation: Isolation) throws -> Consumer {
        let consumer = try Consumer(
            ConsumerConfiguration(Broker.configuration, groupID: nil, isolation: isolation, reportsEndOfPartition: true),
            logger: .quiet
        )
        try consumer.assign([TopicPartition(topic, 0): .earliest])
        return consumer
    }

    /// Reads up to the first notice of the end.
    private func readToEnd(_ consumer: Consumer) async throws -> ConsumerBatch {
        var all = ConsumerBatch()
        try await eventually("the end") {
            let batch = try await consumer.poll(maxRecords: 100, timeout: .milliseconds(200))
            all.records += batch.records
            all.endOfPartitions.merge(batch.endOfPartitions) { $1 }
            return !all.endOfPartitions.isEmpty
        }
        return all
    }

    @Test("committed records are seen, aborted ones never, and the end lies behind the control records")
    func visibility() async throws {
        let topic = try await Broker.topic()
        let producer = try await producer()
        for (value, commits) in [("a", true), ("b", false), ("c", true)] {
            try producer.begin()
            try await producer.enqueue(ProducerRecord(topic: topic, value: bytes(value)))
            if commits {
                try await producer.commit(timeout: .seconds(20))
            } else {
                // In the log before it is aborted, or there is nothing to hide.
                _ = try await producer.send(ProducerRecord(topic: topic, value: bytes(value)))
                try await producer.abort(timeout: .seconds(20))
            }
        }
        await producer.close()

        let committed = try reader(topic, .readCommitted)
        let seen = try await readToEnd(committed)
        let high = try await committed.watermarks(TopicPartition(topic, 0), timeout: .seconds(10)).high
        await committed.close()
        #expect(seen.records.map(\.value) == ["a", "c"].map(bytes))
        // Four records and three control records.
        #expect(high == 7)
        #expect(seen.endOfPartitions == [TopicPartition(topic, 0): 7])

        let uncommitted = try reader(topic, .readUncommitted)
        #expect(try await readToEnd(uncommitted).records.map(\.value) == ["a", "b", "b", "c"].map(bytes))
        await uncommitted.close()
    }

    @Test("a second producer with the same id fences the first and aborts what it left open")
    func fencing() async throws {
        let topic = try await Broker.topic()
        let id = unique("tx")
        let first = try await producer(id)
        try first.begin()
        _ = try await first.send(ProducerRecord(topic: topic, value: bytes("zombie")))
        let second = try await producer(id)
        try second.begin()
        try await second.enqueue(ProducerRecord(topic: topic, value: bytes("heir")))
        try await second.commit(timeout: .seconds(20))
        let error = await failure { try await first.commit(timeout: .seconds(20)) }
        #expect((error?.code, error?.isFatal) == (.fenced, true), "\(String(describing: error))")
        await first.close()
        await second.close()
        let consumer = try reader(topic, .readCommitted)
        #expect(try await readToEnd(consumer).records.map(\.value) == [bytes("heir")])
        await consumer.close()
    }

    @Test("the group's offsets move with the commit and stay with the abort")
    func offsets() async throws {
        let (topic, group) = (try await Broker.topic(), unique("g"))
        let consumer = try Consumer(
            ConsumerConfiguration(Broker.configuration, groupID: group, instanceID: unique("i")), logger: .quiet
        )
        let log = RebalanceLog()
        try consumer.subscribe([topic], listener: log)
        try await eventually("assigned") {
            _ = try await consumer.poll(maxRecords: 1, timeout: .milliseconds(100))
            return !log.events.isEmpty
        }
        let partition = TopicPartition(topic, 0)
        let producer = try await producer()
        for (next, commits) in [(Int64(5), true), (9, false)] {
            try producer.begin()
            try await producer.enqueue(ProducerRecord(topic: topic, value: bytes("v")))
            try await producer.sendOffsets(
                [partition: next], group: consumer.groupMetadata(), timeout: .seconds(20)
            )
            if commits {
                try await producer.commit(timeout: .seconds(20))
            } else {
                try await producer.abort(timeout: .seconds(20))
            }
            #expect(try await consumer.committed([partition], timeout: .seconds(20)) == [partition: 5])
        }
        try producer.begin()
        try await producer.enqueue(ProducerRecord(topic: topic, value: bytes("v")))
        try await producer.commit([partition: 7], group: consumer.groupMetadata(), timeout: .seconds(20))
        #expect(try await consumer.committed([partition], timeout: .seconds(20)) == [partition: 7])
        await producer.close()
        await consumer.close()
        let admin = try AdminClient(Broker.configuration, logger: .quiet)
        #expect(
            try await admin.committedOffsets(group: group, partitions: [partition], timeout: .seconds(10))
                == [partition: 7]
        )
        await admin.close()
    }
}
