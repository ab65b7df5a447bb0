import KafkaClient
import Logging
import Testing

/// What a producer makes of a broker's answers: the table in the article on errors.
@Suite("Answers to a produce request, on a mock cluster", .timeLimit(.minutes(5)))
struct ProduceFaultTests {
    enum Outcome: Sendable {
        /// Sent again, and delivered once.
        case delivered
        case failed(KafkaError.Code)
        case fatal(KafkaError.Code)
    }

    @Test(
        "has the documented outcome, idempotent",
        arguments: [
            (.notLeader, .delivered), (.leaderNotAvailable, .delivered), (.requestTimedOut, .delivered),
            (.notEnoughReplicas, .delivered), (.disconnect, .delivered), (.unknownProducer, .delivered),
            (.unknownTopicOrPartition, .delivered), (.coordinatorLoading, .delivered),
            (.messageTooLarge, .failed(.messageTooLarge)), (.topicAuthorizationFailed, .failed(.authorization)),
            (.invalidProducerEpoch, .failed(.fenced)), (.outOfOrderSequence, .fatal(.other)),
        ] as [(MockFault, Outcome)]
    )
    func idempotent(fault: MockFault, outcome: Outcome) async throws {
        try await check(fault, outcome, isIdempotent: true)
    }

    @Test(
        "has the documented outcome, not idempotent",
        arguments: [
            (.notLeader, .delivered), (.requestTimedOut, .delivered), (.disconnect, .delivered),
            (.notEnoughReplicas, .delivered),
            (.messageTooLarge, .failed(.messageTooLarge)), (.topicAuthorizationFailed, .failed(.authorization)),
        ] as [(MockFault, Outcome)]
    )
    func plain(fault: MockFault, outcome: Outcome) async throws {
        try await check(fault, outcome, isIdempotent: false)
    }

    private func check(_ fault: MockFault, _ outcome: Outcome, isIdempotent: Bool) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let producer = try Producer(
            KafkaConfiguration(
                bootstrapServers: cluster.bootstrapServers,
                properties: ["reconnect.backoff.max.ms": "100", "retry.backoff.ms": "10", "linger.ms": "0"]
            ),
            options: ProducerOptions(isIdempotent: isIdempotent), logger: .silent
        )
        let record = ProducerRecord(topic: "t", value: bytes("v"))
        _ = try await producer.send(record)
        try cluster.push([fault], for: .produce, broker: 1)
        let outcomes = await producer.send(contentsOf: [record])
        #expect(try cluster.pending(for: .produce, broker: 1) == 0)
        let error: KafkaError? = if case .failure(let error) = outcomes[0] { error } else { nil }
        switch outcome {
        case .delivered:
            #expect(error == nil)
        case .failed(let code):
            #expect((error?.code, error?.isFatal) == (code, false), "\(String(describing: error))")
            #expect(error?.topicPartition == TopicPartition("t", 0))
            // A topic that was not authorized is refused until the next look at the metadata.
            try await eventually("it is usable") { await failure { _ = try await producer.send(record) } == nil }
        case .fatal(let code):
            #expect((error?.code, error?.isFatal) == (code, true), "\(String(describing: error))")
            let next = await failure { _ = try await producer.send(record) }
            #expect((next?.code, next?.isFatal) == (code, true), "\(String(describing: next))")
        }
        await producer.close()
    }
}
