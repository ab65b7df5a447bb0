import KafkaClient
import Logging
import Testing

@Suite("Transactions, on a mock cluster", .timeLimit(.minutes(5)))
struct TransactionTests {
    let cluster: MockCluster

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t")
    }

    private func producer() async throws -> TransactionalProducer {
        let producer = try TransactionalProducer(
            KafkaConfiguration(
                bootstrapServers: cluster.bootstrapServers,
                properties: ["reconnect.backoff.max.ms": "100"]
            ),
            transactionalID: unique("tx"), logger: .quiet
        )
        try await producer.initialize(timeout: .seconds(20))
        return producer
    }

    private let record = ProducerRecord(topic: "t", value: bytes("v"))

    @Test("begin, records, commit; begin, records, abort; and again")
    func scopes() async throws {
        let producer = try await producer()
        for _ in 0..<3 {
            try producer.begin()
            try await producer.enqueue(record)
            try await producer.commit(timeout: .seconds(20))
            try producer.begin()
            try await producer.enqueue(record)
            try await producer.abort(timeout: .seconds(20))
        }
        await producer.close()
    }

    @Test("calls out of order are refused and harm nothing")
    func order() async throws {
        let producer = try await producer()
        #expect(await failure { try await producer.enqueue(record) }?.code == .invalidState)
        #expect(await failure { try await producer.commit(timeout: .seconds(5)) }?.code == .invalidState)
        try producer.begin()
        #expect(await failure { try producer.begin() }?.code == .invalidState)
        try await producer.enqueue(record)
        try await producer.commit(timeout: .seconds(20))
        await producer.close()
    }

    @Test(
        "what a broker answers in passing is met by the same call again",
        arguments: [
            (.endTransaction, .coordinatorNotAvailable), (.endTransaction, .notCoordinator),
            (.endTransaction, .coordinatorLoading), (.endTransaction, .disconnect),
            (.endTransaction, .concurrentTransactions),
            (.addPartitionsToTransaction, .concurrentTransactions),
            (.addPartitionsToTransaction, .coordinatorNotAvailable),
            (.produce, .notLeader), (.produce, .requestTimedOut), (.produce, .notEnoughReplicas),
        ] as [(MockRequest, MockFault)]
    )
    func retried(request: MockRequest, fault: MockFault) async throws {
        let producer = try await producer()
        try cluster.push([fault, fault], for: request, broker: 1)
        try producer.begin()
        try await producer.enqueue(record)
        try await producer.commit(timeout: .seconds(30))
        #expect(try cluster.pending(for: request, broker: 1) == 0)
        await producer.close()
    }

    @Test("what spoils the transaction alone asks for an abort, after which the next one goes through")
    func abortable() async throws {
        let producer = try await producer()
        let request = MockRequest.addPartitionsToTransaction
        try cluster.push([.topicAuthorizationFailed], for: request, broker: 1)
        try producer.begin()
        try await producer.enqueue(record)
        let error = await failure { try await producer.commit(timeout: .seconds(20)) }
        #expect(error?.requiresAbort == true, "\(String(describing: error))")
        #expect(error?.isFatal == false)
        #expect(try cluster.pending(for: request, broker: 1) == 0)
        try await producer.abort(timeout: .seconds(20))
        try producer.begin()
        try await producer.enqueue(record)
        try await producer.commit(timeout: .seconds(20))
        await producer.close()
    }

    @Test(
        "a fenced producer is beyond repair and says so from then on",
        arguments: [.producerFenced, .invalidProducerEpoch] as [MockFault]
    )
    func fenced(fault: MockFault) async throws {
        let producer = try await producer()
        try cluster.push([fault], for: .endTransaction, broker: 1)
        try producer.begin()
        try await producer.enqueue(record)
        let error = await failure { try await producer.commit(timeout: .seconds(20)) }
        #expect((error?.code, error?.isFatal) == (.fenced, true))
        let after = await failure { try await producer.enqueue(record) }
        #expect((after?.code, after?.isFatal) == (.fenced, true))
        await producer.close()
    }

    @Test("a commit without brokers runs out of time as retriable, and the same commit succeeds when they return")
    func brokersAway() async throws {
        let producer = try await producer()
        try producer.begin()
        try await producer.enqueue(record)
        try cluster.setDown(broker: 1)
        let error = await failure { try await producer.commit(timeout: .milliseconds(500)) }
        #expect((error?.code, error?.isRetriable, error?.isFatal) == (.timedOut, true, false))
        try cluster.setUp(broker: 1)
        try await producer.commit(timeout: .seconds(30))
        try producer.begin()
        try await producer.enqueue(record)
        try await producer.commit(timeout: .seconds(20))
        await producer.close()
    }

    @Test("the coordinator may move between and within transactions")
    func coordinatorMoves() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("t", partitions: 1, replication: 3)
        let id = unique("tx")
        let producer = try TransactionalProducer(
            KafkaConfiguration(
                bootstrapServers: cluster.bootstrapServers, properties: ["reconnect.backoff.max.ms": "100"]
            ),
            transactionalID: id, logger: .quiet
        )
        try cluster.setCoordinator(transactionalID: id, broker: 1)
        try await producer.initialize(timeout: .seconds(20))
        for broker in [Int32(2), 3, 1] {
            try producer.begin()
            try await producer.enqueue(record)
            try cluster.setCoordinator(transactionalID: id, broker: broker)
            try await producer.commit(timeout: .seconds(30))
        }
        await producer.close()
    }

    @Test("a producer that never finds its coordinator says so within its time")
    func noCoordinator() async throws {
        let producer = try TransactionalProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), transactionalID: "x", logger: .quiet
        )
        let error = await failure { try await producer.initialize(timeout: .milliseconds(300)) }
        #expect((error?.code, error?.isRetriable) == (.timedOut, true))
        await producer.close()
    }

    @Test("a scope whose commit is not answered in time says that its outcome is unknown, and that the call cannot be repeated")
    func unknownOutcome() async throws {
        let producer = try await producer()
        let error = await failure {
            try await producer.transaction(timeout: .milliseconds(500)) { producer in
                try await producer.enqueue(record)
                try cluster.setDown(broker: 1)
            }
        }
        #expect((error?.code, error?.nativeName, error?.isRetriable) == (.outcomeUnknown, "_TIMED_OUT", false))
        #expect(await failure { try producer.begin() }?.code == .invalidState)
        await producer.close()
    }

    @Test("a scope that is cancelled in its body aborts all the same")
    func cancelledScope() async throws {
        let producer = try await producer()
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let scope = Task {
            try await producer.transaction(timeout: .seconds(20)) { producer in
                try await producer.enqueue(record)
                enter.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in entered { break }
        scope.cancel()
        await #expect(throws: CancellationError.self) { try await scope.value }
        try await producer.transaction(timeout: .seconds(20)) { try await $0.enqueue(record) }
        await producer.close()
    }

    @Test("a scope commits what its body sent, and aborts when the body throws")
    func scope() async throws {
        struct Change: Error {}
        let producer = try await producer()
        let answer = try await producer.transaction(timeout: .seconds(20)) { producer in
            try await producer.enqueue(record)
            return 7
        }
        #expect(answer == 7)
        await #expect(throws: Change.self) {
            try await producer.transaction(timeout: .seconds(20)) { producer in
                try await producer.enqueue(record)
                throw Change()
            }
        }
        try cluster.push([.topicAuthorizationFailed], for: .addPartitionsToTransaction, broker: 1)
        let error = await failure {
            try await producer.transaction(timeout: .seconds(20)) { try await $0.enqueue(record) }
        }
        #expect((error?.code, error?.requiresAbort) == (.authorization, true))
        try await producer.transaction(timeout: .seconds(20)) { try await $0.enqueue(record) }
        await producer.close()
    }
}
