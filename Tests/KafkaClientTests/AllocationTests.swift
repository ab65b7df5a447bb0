import CAllocationCounter
import KafkaClient
import Testing

/// Counted are the allocations that the calling thread makes outside of librdkafka, once everything that is made only
/// once has been made.
@Suite("Allocations in the steady state, on a mock cluster", .enabled(if: allocation_counter_works()), .timeLimit(.minutes(5)))
struct AllocationTests {
    private static let topic = "allocations-of-a-topic-with-a-long-name"
    private let cluster: MockCluster
    private let kafka: KafkaConfiguration
    private let headers = (1...4).map { KafkaHeader("header-\($0)", "a value that no string would keep inline") }

    init() throws {
        // What librdkafka allocates in the same calls is what the work costs in C.
        try #require(allocation_counter_leave_out("librdkafka"))
        cluster = try MockCluster()
        try cluster.createTopic(Self.topic)
        kafka = KafkaConfiguration(bootstrapServers: cluster.bootstrapServers, properties: ["linger.ms": "200"])
    }

    @Test("the counter sees an allocation")
    func counter() async throws {
        #expect(try await allocations { _ = [UInt8](repeating: 1, count: .random(in: 100...200)) } >= 1)
    }

    // MARK: - Producing

    @Test("a record that is lent costs none, with and without headers, awaited or not")
    func lent() async throws {
        let producer = try Producer(kafka, logger: .quiet)
        let (key, value) = (bytes("key"), [UInt8](repeating: 7, count: 300))
        for headers in [[], headers] {
            var hadRoom = true
            let offered = try await allocations {
                for _ in 0..<1_000 where hadRoom {
                    hadRoom = try producer.enqueueIfRoom(to: Self.topic, key: key.span, value: value.span, headers: headers)
                }
            }
            #expect(hadRoom)
            let awaited = try await allocations {
                for _ in 0..<1_000 {
                    try await producer.enqueue(to: Self.topic, key: key.span, value: value.span, headers: headers)
                }
            }
            #expect((offered, awaited) == (0, 0))
        }
        await producer.close()
    }

    @Test("a record of arrays costs none beside its own")
    func owned() async throws {
        let producer = try Producer(kafka, logger: .quiet)
        let record = ProducerRecord(topic: Self.topic, key: bytes("key"), value: bytes("value"), headers: headers)
        let counted = try await allocations {
            for _ in 0..<1_000 { try await producer.enqueue(record) }
        }
        #expect(counted == 0)
        await producer.close()
    }

    // MARK: - Consuming

    @Test("a record that is shown costs none: a large batch allocates what a small one does")
    func shown() async throws {
        let consumer = try await consumer(of: headers)
        let counted = try await costs(of: consumer) { limit, timeout in
            try await consumer.withBatch(maxRecords: limit, timeout: timeout) { batch in
                var sum = 0
                batch.forEach { record in
                    record.withKey { sum += $0?.count ?? 0 }
                    record.withValue { sum += $0?.count ?? 0 }
                }
                return sum > 0 ? batch.count : 0
            } ?? 0
        }
        #expect(counted.large == counted.small)
        await consumer.close()
    }

    @Test("a copy costs two: its key and its value")
    func copied() async throws {
        let consumer = try await consumer(of: [])
        let counted = try await costs(of: consumer) { limit, timeout in
            try await consumer.poll(maxRecords: limit, timeout: timeout).records.count
        }
        #expect(counted.large - counted.small == 2 * (Self.large - Self.small))
        await consumer.close()
    }

    @Test("headers cost a copy one for their list and one for each value")
    func copiedHeaders() async throws {
        let consumer = try await consumer(of: headers)
        let counted = try await costs(of: consumer) { limit, timeout in
            try await consumer.poll(maxRecords: limit, timeout: timeout).records.count
        }
        #expect(counted.large - counted.small == (2 + 1 + 4) * (Self.large - Self.small))
        await consumer.close()
    }

    // MARK: - Counting

    private static let small = 10
    private static let large = 500

    /// A consumer at the start of 1,000 records.
    private func consumer(of headers: [KafkaHeader]) async throws -> Consumer {
        let producer = try Producer(kafka, logger: .quiet)
        for number in 0..<1_000 {
            try await producer.enqueue(
                ProducerRecord(topic: Self.topic, key: bytes("\(number)"), value: bytes("value"), headers: headers))
        }
        try await producer.flush(timeout: .seconds(30))
        await producer.close()
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition(Self.topic, 0): .earliest])
        return consumer
    }

    /// What one call costs that takes few records, and one that takes many, when all of them are there.
    private func costs(
        of consumer: Consumer, _ take: (_ limit: Int, _ timeout: Duration) async throws -> Int
    ) async throws -> (small: Int, large: Int) {
        var costs = (small: 0, large: 0)
        var rounds = 0
        try await eventually("both batches were there whole") {
            try consumer.assign([TopicPartition(Self.topic, 0): .earliest])
            // Those behind it come with the first. What is counted doesn't wait.
            _ = try await take(1, .seconds(1))
            var taken = (small: 0, large: 0)
            costs.small = try await allocations(warmingUp: false) { taken.small = try await take(Self.small, .zero) }
            costs.large = try await allocations(warmingUp: false) { taken.large = try await take(Self.large, .zero) }
            rounds += 1
            return rounds > 1 && taken == (Self.small, Self.large)
        }
        return costs
    }

    /// Those of a run, after another that made what is made only once. A run that is continued on another thread is done
    /// again.
    private func allocations(warmingUp: Bool = true, in body: () async throws -> Void) async throws -> Int {
        if warmingUp { try await body() }
        for _ in 0..<100 {
            allocation_counter_start()
            try await body()
            let counted = allocation_counter_stop()
            if counted >= 0 { return counted }
        }
        throw KafkaError(.timedOut, "the work never stayed on one thread")
    }
}
