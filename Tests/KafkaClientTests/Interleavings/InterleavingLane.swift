import KafkaClient
import Logging
import Synchronization
import Testing

/// Rounds one after another on a cluster of their own, beside an anchor: a member that stays in
/// the group, so that each round's member is a rebalance for both.
struct InterleavingLane {
    static let topic = "t"
    static let partitions = (0..<4).map { TopicPartition(topic, $0) }

    let tally: InterleavingTally
    private let cluster: MockCluster
    private let kafka: KafkaConfiguration
    private let group = unique("g")

    init(_ tally: InterleavingTally) throws {
        self.tally = tally
        cluster = try MockCluster()
        try cluster.createTopic(Self.topic, partitions: Self.partitions.count)
        kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: [
                "reconnect.backoff.ms": "10", "reconnect.backoff.max.ms": "50", "retry.backoff.ms": "10",
                "heartbeat.interval.ms": "30", "fetch.wait.max.ms": "10", "linger.ms": "0",
                "queue.buffering.max.messages": "10",
                // A member that goes without leaving is waited for this long. The mock lets a first
                // join take 3 s, which the session has to outlast on a slow machine too.
                "session.timeout.ms": "10000",
            ]
        )
    }

    /// Stops at a round that hangs, which it has recorded.
    func run(rounds: Int, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let anchor = try member()
        let anchored = Task { await poll(anchor) }
        for number in 0..<rounds {
            let round = InterleavingRound(using: &generator)
            let ended = Flag()
            let task = Task {
                defer { ended.set() }
                try await perform(round, number)
            }
            try await eventually("the end of round \(number) of seed \(seed): \(round)", within: .seconds(120)) { ended.isSet }
            guard ended.isSet else { return }
            try await task.value
        }
        await anchor.close()
        await anchored.value
        try await verify()
    }

    private func member() throws -> Consumer {
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: group), logger: .quiet)
        try subscribe(consumer)
        return consumer
    }

    private func subscribe(_ consumer: Consumer) throws(KafkaError) {
        let tally = tally
        try consumer.subscribe([Self.topic], listener: RebalanceLog { _ in tally.noteRebalance() })
    }

    /// Until the consumer is closed.
    private func poll(_ consumer: Consumer) async {
        var isOpen = true
        while isOpen {
            do throws(KafkaError) {
                tally.note(read: try await consumer.poll(maxRecords: 50, timeout: .seconds(1)).records.count)
            } catch {
                tally.note(error, of: "poll")
                isOpen = error.code != .closed
                // Another step may have the turn.
                if error.code == .invalidState { await Task.yield() }
            }
        }
    }

    private func perform(_ round: InterleavingRound, _ number: Int) async throws {
        let producer = try Producer(kafka, logger: .quiet)
        let consumer = try member()
        let polling = Task { await poll(consumer) }
        await withTaskGroup { group in
            for (index, (after, step)) in round.steps.enumerated() {
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(after))
                    await perform(step, "\(number).\(index)", producer, consumer)
                }
            }
        }
        if !round.dropsProducer { await producer.close(timeout: .milliseconds(200)) }
        await consumer.close()
        await polling.value
        if !round.dropsProducer {
            let after = await failure { try await producer.enqueue(ProducerRecord(topic: Self.topic)) }
            #expect(after?.code == .closed)
        }
    }

    private func perform(
        _ step: InterleavingRound.Step,
        _ name: String,
        _ producer: Producer,
        _ consumer: Consumer
    ) async {
        let (tally, partitions) = (tally, Self.partitions)
        func attempt(
            cancelAfter: Int? = nil,
            _ body: @escaping @Sendable () async throws(KafkaError) -> Void
        ) async {
            let task = Task { await tally.attempt("\(step)", body) }
            if let cancelAfter {
                try? await Task.sleep(for: .milliseconds(cancelAfter))
                task.cancel()
            }
            await task.value
        }
        switch step {
        case .send(let cancelAfter):
            await attempt(cancelAfter: cancelAfter) { () async throws(KafkaError) in
                tally.acknowledge(try await producer.send(record(name)), bytes(name))
            }
        case .sendBatch(let count, let cancelAfter):
            await attempt(cancelAfter: cancelAfter) { () async throws(KafkaError) in
                let names = (0..<count).map { "\(name).\($0)" }
                for (name, outcome) in zip(names, await producer.send(contentsOf: names.map(record))) {
                    tally.acknowledge(try outcome.get(), bytes(name))
                }
            }
        case .enqueue(let count):
            await attempt { () async throws(KafkaError) in
                for index in 0..<count { try await producer.enqueue(record("\(name).\(index)")) }
            }
        case .flush(let milliseconds):
            await attempt { () async throws(KafkaError) in try await producer.flush(timeout: .milliseconds(milliseconds)) }
        case .purge(let inFlight):
            await attempt { () async throws(KafkaError) in try producer.purge(inFlight: inFlight) }
        case .closeProducer(let milliseconds):
            await producer.close(timeout: .milliseconds(milliseconds))
        case .commit(let cancelAfter):
            await attempt(cancelAfter: cancelAfter) { () async throws(KafkaError) in try await consumer.commit([partitions[0]: 0]) }
        case .query(let cancelAfter):
            await attempt(cancelAfter: cancelAfter) { () async throws(KafkaError) in
                _ = try await consumer.lag(partitions, timeout: .seconds(1))
            }
        case .pause:
            await attempt { () async throws(KafkaError) in try consumer.pause([partitions[1]]) }
        case .resume:
            await attempt { () async throws(KafkaError) in try consumer.resume([partitions[1]]) }
        case .seek:
            await attempt { () async throws(KafkaError) in try await consumer.seek(partitions[2], to: 0, timeout: .seconds(1)) }
        case .pollBeside(let cancelAfter):
            await attempt(cancelAfter: cancelAfter) { () async throws(KafkaError) in
                tally.note(read: try await consumer.poll(maxRecords: 5, timeout: .seconds(1)).records.count)
            }
        case .subscribeAnew:
            await attempt { () async throws(KafkaError) in try subscribe(consumer) }
        case .unsubscribe:
            await attempt { () async throws(KafkaError) in try consumer.subscribe([]) }
        case .closeConsumer:
            await consumer.close()
        case .fault(let request, let fault):
            cluster.push([fault], for: request)
        }
    }

    /// What was acknowledged is in the log, at the place and with the bytes that were told.
    private func verify() async throws {
        for request in [MockRequest.produce, .fetch, .metadata] { cluster.clearFaults(for: request) }
        let reader = try Consumer(ConsumerConfiguration(kafka, groupID: nil, reportsEndOfPartition: true), logger: .quiet)
        try reader.assign(Dictionary(uniqueKeysWithValues: Self.partitions.map { ($0, .earliest) }))
        var log: [TopicPartition: [Int64: [UInt8]]] = [:]
        var ends: [TopicPartition: Int64] = [:]
        try await eventually("the log's end", within: .seconds(120)) {
            let batch = try await reader.poll(maxRecords: 1000, timeout: .seconds(1))
            for record in batch.records { log[record.topicPartition, default: [:]][record.offset] = record.value }
            ends.merge(batch.endOfPartitions) { $1 }
            return ends.count == Self.partitions.count
        }
        await reader.close()
        for (partition, acknowledged) in tally.counts.acknowledged {
            for (offset, value) in acknowledged where log[partition]?[offset] != value {
                Issue.record("\(partition) at \(offset) has not what was acknowledged")
            }
        }
    }
}

private func record(_ name: String) -> ProducerRecord {
    ProducerRecord(topic: InterleavingLane.topic, key: bytes(name), value: bytes(name))
}

private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}
