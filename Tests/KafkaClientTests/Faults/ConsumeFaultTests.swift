import KafkaClient
import Logging
import Testing

/// What a consumer makes of a broker's answers: the table in the article on errors.
@Suite("Answers to a consumer's requests, on a mock cluster", .timeLimit(.minutes(5)))
struct ConsumeFaultTests {
    private let partition = TopicPartition("t", 0)

    private func consumer(_ cluster: MockCluster, records: Int = 3) async throws -> Consumer {
        try cluster.createTopic("t")
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: ["reconnect.backoff.max.ms": "100", "retry.backoff.ms": "10", "fetch.error.backoff.ms": "10"]
        )
        let producer = try Producer(kafka, logger: .silent)
        for _ in 0..<records { _ = try await producer.send(ProducerRecord(topic: "t", value: bytes("v"))) }
        await producer.close()
        return try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .silent)
    }

    @Test(
        "a fetch that fails in passing is made again without a word",
        arguments: [.notLeader, .leaderNotAvailable, .disconnect] as [MockFault]
    )
    func fetchedAgain(fault: MockFault) async throws {
        let cluster = try MockCluster()
        let consumer = try await consumer(cluster)
        try cluster.push([fault], for: .fetch, broker: 1)
        try consumer.assign([partition: .earliest])
        #expect(try await consumer.take(3).map(\.offset) == [0, 1, 2])
        #expect(try cluster.pending(for: .fetch, broker: 1) == 0)
        await consumer.close()
    }

    @Test(
        "what else fails a fetch is an error of the poll that names the partition, and reading goes on",
        arguments: [
            (.topicAuthorizationFailed, .authorization, false), (.requestTimedOut, .timedOut, true),
        ] as [(MockFault, KafkaError.Code, Bool)]
    )
    func failedFetch(fault: MockFault, code: KafkaError.Code, isRetriable: Bool) async throws {
        let cluster = try MockCluster()
        let consumer = try await consumer(cluster)
        try cluster.push([fault], for: .fetch, broker: 1)
        try consumer.assign([partition: .earliest])
        let error = await failure { _ = try await consumer.take(1) }
        #expect((error?.code, error?.isRetriable, error?.topicPartition) == (code, isRetriable, partition))
        #expect(error?.isFatal == false)
        #expect(try await consumer.take(3).map(\.offset) == [0, 1, 2])
        await consumer.close()
    }

    @Test("an offset that is no longer in the log goes to where the configuration says")
    func offsetOutOfRange() async throws {
        let cluster = try MockCluster()
        let consumer = try await consumer(cluster)
        try consumer.assign([partition: .at(77)])
        #expect(try await consumer.take(3).map(\.offset) == [0, 1, 2])
        await consumer.close()
    }

    @Test(
        "a commit",
        arguments: [
            (.coordinatorNotAvailable, nil), (.notCoordinator, nil), (.disconnect, nil),
            (.coordinatorLoading, nil),
            (.illegalGeneration, .unknownMember), (.unknownMember, .unknownMember),
            (.rebalanceInProgress, .rebalanceInProgress), (.groupAuthorizationFailed, .authorization),
        ] as [(MockFault, KafkaError.Code?)]
    )
    func commit(fault: MockFault, code: KafkaError.Code?) async throws {
        let cluster = try MockCluster()
        let consumer = try await consumer(cluster)
        try consumer.assign([partition: .earliest])
        try await consumer.commit([partition: 1])
        try cluster.push([fault], for: .offsetCommit, broker: 1)
        let error = await failure { try await consumer.commit([partition: 2]) }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(try cluster.pending(for: .offsetCommit, broker: 1) == 0)
        if code != nil { try await consumer.commit([partition: 2]) }
        #expect(try await consumer.committed([partition], timeout: .seconds(20)) == [partition: 2])
        await consumer.close()
    }

    /// That it joins again is for a broker to show: the mock waits for the member that it sent away
    /// until a second before the session of the new one is over, which a slow machine makes a loop.
    @Test(
        "a member that the group has forgotten is told that its partitions are lost",
        arguments: [.unknownMember, .illegalGeneration] as [MockFault]
    )
    func forgotten(fault: MockFault) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers, properties: ["heartbeat.interval.ms": "50"]
        )
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .silent)
        let log = RebalanceLog()
        try cluster.push([fault], for: .heartbeat, broker: 1)
        try consumer.subscribe(["t"], listener: log)
        try await eventually("the partition is lost", within: .seconds(120)) {
            _ = try await consumer.poll(maxRecords: 1, timeout: .milliseconds(100))
            return log.events.count >= 2
        }
        #expect(log.events.prefix(2) == [.assigned([partition]), .revoked([partition], lost: true)])
        #expect(try cluster.pending(for: .heartbeat, broker: 1) == 0)
        await consumer.close()
    }

    @Test(
        "a member that the coordinator sends away joins again, and reads on from its commit",
        arguments: [
            (.heartbeat, .rebalanceInProgress), (.heartbeat, .notCoordinator), (.joinGroup, .unknownMember), (.joinGroup, .coordinatorNotAvailable),
            (.syncGroup, .rebalanceInProgress), (.syncGroup, .unknownMember), (.findCoordinator, .coordinatorNotAvailable),
            (.offsetFetch, .coordinatorLoading),
        ] as [(MockRequest, MockFault)]
    )
    func rejoins(request: MockRequest, fault: MockFault) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: [
                "reconnect.backoff.max.ms": "100", "retry.backoff.ms": "10", "heartbeat.interval.ms": "50",
                // A member that is sent away is waited for this long by the group, sometimes twice.
                "session.timeout.ms": "6000",
            ]
        )
        // A consumer looks for its coordinator at once.
        try cluster.push([fault], for: request, broker: 1)
        let producer = try Producer(kafka, logger: .silent)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .silent)
        try consumer.subscribe(["t"])
        var offsets: [Int64] = []
        try await eventually("five records, and the fault has landed", within: .seconds(180)) {
            if offsets.count < 5 { _ = try await producer.send(ProducerRecord(topic: "t")) }
            do throws(KafkaError) {
                offsets += try await consumer.poll(maxRecords: 10, timeout: .milliseconds(100)).records.map(\.offset)
            } catch {
                #expect(error.isRetriable, "\(error)")
            }
            if let last = offsets.last { try? await consumer.commit([partition: last + 1]) }
            return try offsets.count >= 5 && cluster.pending(for: request, broker: 1) == 0
        }
        #expect(offsets.count >= 5)
        #expect(Set(offsets) == Set(0...(offsets.max() ?? 0)))
        await producer.close()
        await consumer.close()
    }
}
