import KafkaClient
import Testing

@Suite("Records whose bytes are only lent to a producer, on a mock cluster", .timeLimit(.minutes(5)))
struct LentRecordTests {
    private let cluster: MockCluster

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t")
    }

    private func configuration(_ properties: [String: String] = [:]) -> KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: ["reconnect.backoff.max.ms": "100", "linger.ms": "0"].merging(properties) { $1 }
        )
    }

    private func readAll(_ count: Int) async throws -> [ConsumedRecord] {
        let consumer = try Consumer(ConsumerConfiguration(configuration(), groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let records = try await consumer.take(count)
        await consumer.close()
        return records
    }

    @Test("they arrive as records of arrays do: NULL is NULL, empty is empty, headers and partition are kept")
    func arrive() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        let headers = [KafkaHeader("a", "1"), KafkaHeader("a", nil)]
        let (key, value, empty) = (bytes("key"), bytes("value"), [UInt8]())
        #expect(try producer.enqueueIfRoom(to: "t", key: key.span, value: value.span, headers: headers))
        #expect(try producer.enqueueIfRoom(to: "t", partition: 0, key: nil, value: nil))
        try await producer.enqueue(to: "t", key: empty.span, value: empty.span)
        try await producer.enqueue(to: "t", key: key.span.extracting(0..<1), value: value.span.extracting(1..<3))
        try await producer.flush(timeout: .seconds(20))
        let records = try await readAll(4)
        #expect(records.map(\.key) == [key, nil, [], bytes("k")])
        #expect(records.map(\.value) == [value, nil, [], bytes("al")])
        #expect(records.map(\.headers) == [headers, [], [], []])
        await producer.close()
    }

    @Test("without room one is refused at once, one that waits is copied and keeps its place")
    func noRoom() async throws {
        let producer = try Producer(
            configuration(["queue.buffering.max.messages": "1", "batch.num.messages": "1"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        let first = bytes("first")
        #expect(try producer.enqueueIfRoom(to: "t", key: nil, value: first.span))
        #expect(try !producer.enqueueIfRoom(to: "t", key: nil, value: first.span))
        let waiting = Task {
            let second = bytes("second")
            try await producer.enqueue(to: "t", key: nil, value: second.span)
        }
        try await eventually("it waits") { producer.waitingSenders == 1 }
        try cluster.setUp(broker: 1)
        try await waiting.value
        try await producer.flush(timeout: .seconds(20))
        #expect(try await readAll(2).map(\.value) == [first, bytes("second")])
        await producer.close()
    }

    @Test("what is wrong with one is thrown, and nothing is queued")
    func refused() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        let value = bytes("v")
        #expect(throws: KafkaError(.invalidArgument, "a record's timestamp must be above zero")) {
            try producer.enqueueIfRoom(to: "t", key: nil, value: value.span, timestamp: 0)
        }
        #expect(producer.queuedRecords == 0)
        await producer.close()
        #expect(throws: KafkaError.self) { try producer.enqueueIfRoom(to: "t", key: nil, value: value.span) }
    }

    @Test("a failure is thrown by the flush where no record is awaited")
    func failure() async throws {
        let producer = try Producer(
            configuration(["message.timeout.ms": "300", "enable.idempotence": "false"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        let value = bytes("v")
        for _ in 0..<3 { #expect(try producer.enqueueIfRoom(to: "t", key: nil, value: value.span)) }
        do {
            try await producer.flush(timeout: .seconds(20))
            Issue.record("the flush didn't throw")
        } catch {
            #expect(error.code == .timedOut && error.nativeName == "_MSG_TIMED_OUT")
        }
        await producer.close()
    }

    @Test("records go from a consumer's memory into a transaction without a copy in between")
    func forwarded() async throws {
        try cluster.createTopic("out")
        let source = try Producer(configuration(), logger: .quiet)
        for number in 0..<10 { try await source.enqueue(ProducerRecord(topic: "t", value: bytes("\(number)"))) }
        try await source.flush(timeout: .seconds(20))
        await source.close()
        let consumer = try Consumer(ConsumerConfiguration(configuration(), groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let producer = try TransactionalProducer(configuration(), transactionalID: unique("id"), logger: .quiet)
        try await producer.initialize(timeout: .seconds(20))
        try producer.begin()
        var count = 0
        while count < 10 {
            count += try await consumer.withBatch(maxRecords: 10, timeout: .seconds(1)) { (batch) throws(KafkaError) in
                try batch.forEach { (record) throws(KafkaError) in
                    _ = try record.withValue { (value) throws(KafkaError) in
                        try producer.enqueueIfRoom(to: "out", key: nil, value: value)
                    }
                }
                return batch.count
            } ?? 0
        }
        try await producer.commit(timeout: .seconds(20))
        try consumer.assign([TopicPartition("out", 0): .earliest])
        #expect(try await consumer.take(10).map(\.value) == (0..<10).map { bytes("\($0)") })
        await consumer.close()
        await producer.close()
    }

    @Test("what the body throws while it is shown records is thrown, and they count as handed out")
    func bodyThrows() async throws {
        let source = try Producer(configuration(), logger: .quiet)
        for text in ["a", "b"] { try await source.enqueue(ProducerRecord(topic: "t", value: bytes(text))) }
        try await source.flush(timeout: .seconds(20))
        await source.close()
        let consumer = try Consumer(ConsumerConfiguration(configuration(), groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let refusal = KafkaError(.invalidArgument, "not this one")
        await #expect(throws: refusal) {
            while true {
                _ = try await consumer.withBatch(maxRecords: 1, timeout: .seconds(1)) { (_) throws(KafkaError) in throw refusal }
            }
        }
        #expect(try await consumer.take(1).map(\.value) == [bytes("b")])
        await consumer.close()
    }
}
