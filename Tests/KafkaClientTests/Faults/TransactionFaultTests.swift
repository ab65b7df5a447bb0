import KafkaClient
import Logging
import Testing

/// What a transactional producer makes of a coordinator's answers: the table in the article on
/// errors.
@Suite("Answers to a transaction's requests, on a mock cluster", .timeLimit(.minutes(5)))
struct TransactionFaultTests {
    let cluster: MockCluster
    let kafka: KafkaConfiguration
    private let record = ProducerRecord(topic: "t", value: bytes("v"))

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t")
        kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers, properties: ["reconnect.backoff.max.ms": "100"]
        )
    }

    private func producer() throws -> TransactionalProducer {
        try TransactionalProducer(kafka, transactionalID: unique("tx"), logger: .silent)
    }

    /// Offsets of a group, within a transaction that has a record.
    private func sendOffsets(_ producer: TransactionalProducer) async throws {
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .silent)
        try producer.begin()
        try await producer.enqueue(record)
        do {
            try await producer.sendOffsets(
                [TopicPartition("t", 0): 1], group: consumer.groupMetadata(), timeout: .seconds(20)
            )
        } catch {
            await consumer.close()
            throw error
        }
        await consumer.close()
    }

    @Test(
        "offsets that meet trouble in passing are sent again",
        arguments: [
            (.addOffsetsToTransaction, .concurrentTransactions), (.addOffsetsToTransaction, .coordinatorNotAvailable),
            (.transactionOffsetCommit, .coordinatorLoading), (.transactionOffsetCommit, .notCoordinator),
            (.transactionOffsetCommit, .disconnect),
        ] as [(MockRequest, MockFault)]
    )
    func offsetsAgain(request: MockRequest, fault: MockFault) async throws {
        let producer = try producer()
        try await producer.initialize(timeout: .seconds(20))
        try cluster.push([fault], for: request, broker: 1)
        try await sendOffsets(producer)
        #expect(try cluster.pending(for: request, broker: 1) == 0)
        try await producer.commit(timeout: .seconds(20))
        await producer.close()
    }

    @Test(
        "offsets of a member that the group has left behind, or that it may not commit, require an abort",
        arguments: [
            (.illegalGeneration, .unknownMember), (.unknownMember, .unknownMember),
            (.groupAuthorizationFailed, .authorization),
        ] as [(MockFault, KafkaError.Code)]
    )
    func offsetsRefused(fault: MockFault, code: KafkaError.Code) async throws {
        let producer = try producer()
        try await producer.initialize(timeout: .seconds(20))
        try cluster.push([fault], for: .transactionOffsetCommit, broker: 1)
        let error = await failure { try await sendOffsets(producer) }
        #expect((error?.code, error?.requiresAbort, error?.isFatal) == (code, true, false), "\(String(describing: error))")
        try await producer.abort(timeout: .seconds(20))
        try await producer.transaction(timeout: .seconds(20)) { try await $0.enqueue(record) }
        await producer.close()
    }

    @Test("offsets that are not taken in time by a commit with offsets require an abort, and nothing was committed")
    func offsetsOfACommitOutOfTime() async throws {
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .silent)
        let producer = try producer()
        try await producer.initialize(timeout: .seconds(20))
        // Answers in time to nothing but the abort.
        try cluster.push(
            Array(repeating: .concurrentTransactions, count: 200), for: .addOffsetsToTransaction, broker: 1)
        try producer.begin()
        try await producer.enqueue(record)
        let error = await failure {
            try await producer.commit([TopicPartition("t", 0): 1], group: consumer.groupMetadata(), timeout: .milliseconds(300))
        }
        #expect((error?.requiresAbort, error?.isRetriable) == (true, false), "\(String(describing: error))")
        #expect(try cluster.pending(for: .addOffsetsToTransaction, broker: 1) < 200)
        cluster.clearFaults(for: .addOffsetsToTransaction)
        try await producer.abort(timeout: .seconds(20))

        try producer.begin()
        try await producer.enqueue(record)
        try await producer.commit([TopicPartition("t", 0): 1], group: consumer.groupMetadata(), timeout: .seconds(20))
        await consumer.close()
        await producer.close()
    }

    @Test(
        "an initialization that meets trouble in passing is asked again",
        arguments: [.coordinatorLoading, .notCoordinator, .coordinatorNotAvailable, .disconnect] as [MockFault]
    )
    func initializeAgain(fault: MockFault) async throws {
        let producer = try producer()
        try cluster.push([fault], for: .initProducerID, broker: 1)
        try await producer.initialize(timeout: .seconds(30))
        #expect(try cluster.pending(for: .initProducerID, broker: 1) == 0)
        await producer.close()
    }

    @Test("an id that is not authorized is fatal")
    func notAuthorized() async throws {
        let producer = try producer()
        try cluster.push([.transactionalIDAuthorizationFailed], for: .initProducerID, broker: 1)
        let error = await failure { try await producer.initialize(timeout: .seconds(20)) }
        #expect((error?.code, error?.isFatal) == (.authorization, true), "\(String(describing: error))")
        await producer.close()
    }
}
