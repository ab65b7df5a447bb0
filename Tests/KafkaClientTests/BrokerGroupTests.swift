import KafkaClient
import Logging
import Synchronization
import Testing

@Suite("Groups, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(5)))
struct BrokerGroupTests {
    private func member(
        of group: String,
        _ instance: String = unique("i")
    ) throws -> Consumer {
        try Consumer(
            ConsumerConfiguration(
                Broker.configuration(["session.timeout.ms": "6000", "heartbeat.interval.ms": "200"]),
                groupID: group, instanceID: instance
            ),
            logger: .quiet
        )
    }

    private func fill(_ topic: String, partitions: Int32, each: Int) async throws {
        let producer = try Producer(Broker.configuration, logger: .quiet)
        for partition in 0..<partitions {
            for number in 0..<each {
                try await producer.enqueue(
                    ProducerRecord(topic: topic, partition: partition, value: bytes("\(partition).\(number)"))
                )
            }
        }
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
    }

    private func poll(_ consumers: [Consumer], until done: @escaping @Sendable () -> Bool) async throws {
        try await withThrowingTaskGroup { group in
            for consumer in consumers {
                group.addTask {
                    try await eventually("settled", within: .seconds(60)) {
                        _ = try await consumer.poll(maxRecords: 100, timeout: .milliseconds(50))
                        return done()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("the assigned hook runs before the first record, the revoked hook before the partitions go")
    func hooks() async throws {
        let (topic, group) = (try await Broker.topic(partitions: 2), unique("g"))
        try await fill(topic, partitions: 2, each: 3)
        let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        let consumer = try member(of: group)
        let assignmentInHook = RebalanceLog { event in
            let assignment = try consumer.assignment()
            switch event {
            case .assigned: #expect(assignment == [])
            case .revoked: #expect(assignment == both)
            }
        }
        try consumer.subscribe([topic], listener: assignmentInHook)
        let records = try await consumer.take(6)
        #expect(records.count == 6)
        #expect(assignmentInHook.events == [.assigned(both)])
        await consumer.close()
        #expect(assignmentInHook.events == [.assigned(both), .revoked(both, lost: false)])
    }

    @Test("what the revoked hook commits is where the next member begins")
    func commitInHook() async throws {
        let (topic, group) = (try await Broker.topic(), unique("g"))
        try await fill(topic, partitions: 1, each: 10)
        let partition = TopicPartition(topic, 0)
        let instance = unique("i")
        let first = try member(of: group, instance)
        let committing = RebalanceLog { event in
            if case .revoked = event { try await first.commit([partition: 4]) }
        }
        try first.subscribe([topic], listener: committing)
        _ = try await first.take(10)
        await first.close()

        let second = try member(of: group, instance)
        try second.subscribe([topic])
        let records = try await second.take(6)
        #expect(records.map(\.offset) == Array(4..<10))
        await second.close()
    }

    @Test("a second member takes its share, and gives it back when it leaves the subscription")
    func twoMembers() async throws {
        let (topic, group) = (try await Broker.topic(partitions: 2), unique("g"))
        let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        let (first, second) = (try member(of: group, "a-" + group), try member(of: group, "b-" + group))
        let (firstLog, secondLog) = (RebalanceLog(), RebalanceLog())
        try first.subscribe([topic], listener: firstLog)
        try await poll([first]) { firstLog.events == [.assigned(both)] }
        try second.subscribe([topic], listener: secondLog)
        try await poll([first, second]) { !secondLog.events.isEmpty && firstLog.events.count >= 3 }
        #expect(firstLog.events.prefix(2) == [.assigned(both), .revoked(both, lost: false)])
        let shares = try [first.assignment(), second.assignment()]
        #expect(shares.map(\.count) == [1, 1])
        #expect((shares[0] + shares[1]).sorted() == both)
        await first.close()
        await second.close()
    }

    @Test("with the cooperative protocol only the partitions that move are named, and the others stay")
    func cooperative() async throws {
        let (topic, group) = (try await Broker.topic(partitions: 4), unique("g"))
        func cooperativeMember() throws -> Consumer {
            var configuration = ConsumerConfiguration(
                Broker.configuration(["session.timeout.ms": "6000", "heartbeat.interval.ms": "200"]), groupID: group
            )
            configuration.strategies = [.cooperativeSticky]
            return try Consumer(configuration, logger: .quiet)
        }
        let (first, second) = (try cooperativeMember(), try cooperativeMember())
        let (firstLog, secondLog) = (RebalanceLog(), RebalanceLog())
        let all = (0..<4).map { TopicPartition(topic, $0) }
        try first.subscribe([topic], listener: firstLog)
        try await poll([first]) { firstLog.events == [.assigned(all)] }
        try second.subscribe([topic], listener: secondLog)
        try await poll([first, second]) { secondLog.events.contains { $0.partitions.count == 2 } }
        let moved = secondLog.events.flatMap(\.partitions).sorted()
        #expect(try second.assignment() == moved)
        #expect(try first.assignment() == all.filter { !moved.contains($0) })
        #expect(firstLog.events.contains(.revoked(moved, lost: false)))
        #expect(!firstLog.events.contains(.revoked(all, lost: false)))
        // A cooperative member reads one by one from then on, and loses nothing.
        try await fill(topic, partitions: 4, each: 20)
        let read = Mutex<[TopicPartition: [Int64]]>([:])
        try await withThrowingTaskGroup { group in
            for consumer in [first, second] {
                group.addTask { @Sendable in
                    try await eventually("all are read", within: .seconds(60)) {
                        for record in try await consumer.poll(maxRecords: 7, timeout: .milliseconds(50)).records {
                            read.withLock { $0[record.topicPartition, default: []].append(record.offset) }
                        }
                        return read.withLock { $0.values.reduce(0) { $0 + $1.count } } >= 80
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(read.withLock { $0 } == Dictionary(uniqueKeysWithValues: all.map { ($0, (0..<20).map { Int64($0) }) }))
        await first.close()
        await second.close()
    }

    @Test("of two members with the same instance id the first is fenced, and says so for good")
    func fencedInstance() async throws {
        let (topic, group, instance) = (try await Broker.topic(), unique("g"), unique("i"))
        let (first, second) = (try member(of: group, instance), try member(of: group, instance))
        let (firstLog, secondLog) = (RebalanceLog(), RebalanceLog())
        try first.subscribe([topic], listener: firstLog)
        try await poll([first]) { !firstLog.events.isEmpty }
        try second.subscribe([topic], listener: secondLog)
        async let settled: Void = poll([second]) { !secondLog.events.isEmpty }
        let error = await failure {
            while true { _ = try await first.poll(maxRecords: 1, timeout: .milliseconds(100)) }
        }
        #expect((error?.code, error?.isFatal) == (.fenced, true), "\(String(describing: error))")
        try await settled
        await first.close()
        await second.close()
    }

    @Test("a static member that comes back within its session keeps its partitions, and reads on")
    func staticMember() async throws {
        let (topic, group) = (try await Broker.topic(), unique("g"))
        try await fill(topic, partitions: 1, each: 4)
        let instance = unique("i")
        let first = try member(of: group, instance)
        try first.subscribe([topic])
        #expect(try await first.take(2).map(\.offset) == [0, 1])
        try await first.commit([TopicPartition(topic, 0): 2])
        await first.close()
        let again = try member(of: group, instance)
        try again.subscribe([topic])
        #expect(try await again.take(2).map(\.offset) == [2, 3])
        await again.close()
    }

    @Test("a listener that throws ends the poll with its error, and the consumer can be closed")
    func throwingListener() async throws {
        struct Refusal: Error, CustomStringConvertible { var description: String { "not these" } }
        let (topic, group) = (try await Broker.topic(), unique("g"))
        try await fill(topic, partitions: 1, each: 1)
        let consumer = try member(of: group)
        try consumer.subscribe([topic], listener: RebalanceLog { event in
            if case .assigned = event { throw Refusal() }
        })
        let error = await failure {
            while true { _ = try await consumer.poll(maxRecords: 1, timeout: .seconds(30)) }
        }
        #expect(error == KafkaError(.rebalanceHookFailed, "not these"))
        #expect(try await consumer.poll(maxRecords: 1, timeout: .milliseconds(300)).isEmpty)
        #expect(try consumer.assignment() == [])
        await consumer.close()
    }

    @Test("a hook that outlasts its time is cancelled and counts as failed")
    func slowListener() async throws {
        let (topic, group) = (try await Broker.topic(), unique("g"))
        var configuration = ConsumerConfiguration(
            Broker.configuration, groupID: group, instanceID: unique("i")
        )
        configuration.hookTimeout = .milliseconds(50)
        let consumer = try Consumer(configuration, logger: .quiet)
        try consumer.subscribe([topic], listener: RebalanceLog { event in
            if case .assigned = event { try await Task.sleep(for: .seconds(3600)) }
        })
        let error = await failure {
            while true { _ = try await consumer.poll(maxRecords: 1, timeout: .seconds(30)) }
        }
        #expect(error?.code == .rebalanceHookFailed)
        #expect(error?.message.contains("longer than") == true)
        await consumer.close()
    }

    @Test("a pattern subscribes to every topic that it matches")
    func pattern() async throws {
        let prefix = unique("pattern")
        let names = [prefix + ".a", prefix + ".b"]
        for name in names { _ = try await Broker.topic(name) }
        let consumer = try member(of: unique("g"))
        let log = RebalanceLog()
        try consumer.subscribe(["^" + prefix + "\\..*"], listener: log)
        try await poll([consumer]) { !log.events.isEmpty }
        #expect(log.events == [.assigned(names.map { TopicPartition($0, 0) })])
        await consumer.close()
    }

    @Test("a close within a hook follows the hook and blocks nobody")
    func closeInHook() async throws {
        let (topic, group) = (try await Broker.topic(), unique("g"))
        let consumer = try member(of: group)
        try consumer.subscribe([topic], listener: RebalanceLog { event in
            if case .assigned = event { await consumer.close() }
        })
        let error = await failure {
            while true { _ = try await consumer.poll(maxRecords: 1, timeout: .seconds(30)) }
        }
        #expect(error?.code == .closed)
        await consumer.close()
    }

    @Test("offsets are committed where told, and are absent before")
    func committed() async throws {
        let (topic, group) = (try await Broker.topic(partitions: 2), unique("g"))
        let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        let consumer = try member(of: group)
        let log = RebalanceLog()
        try consumer.subscribe([topic], listener: log)
        try await poll([consumer]) { !log.events.isEmpty }
        #expect(try await consumer.committed(both, timeout: .seconds(10)) == [both[0]: nil, both[1]: nil])
        try await consumer.commit([both[1]: 7])
        #expect(try await consumer.committed(both, timeout: .seconds(10)) == [both[0]: nil, both[1]: 7])
        await consumer.close()
    }
}
