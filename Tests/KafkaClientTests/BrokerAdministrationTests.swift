import KafkaClient
import Logging
import Testing

@Suite("Administration, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(5)))
struct BrokerAdministrationTests {
    private func administer<R: Sendable>(_ body: (AdminClient) async throws -> R) async throws -> R {
        let admin = try AdminClient(Broker.configuration, logger: .quiet)
        do {
            let result = try await body(admin)
            await admin.close()
            return result
        } catch {
            await admin.close()
            throw error
        }
    }

    @Test("partitions are added, and never taken away")
    func partitions() async throws {
        let topic = try await Broker.topic(partitions: 2)
        try await administer { (admin: AdminClient) async throws -> Void in
            #expect(try await admin.createPartitions([topic: 5], timeout: .seconds(20)) == [topic: nil])
            try await eventually("there are five") {
                try await admin.metadata(topics: [topic], timeout: .seconds(10)).topic(topic)?.partitions.count == 5
            }
            let fewer = try await admin.createPartitions([topic: 3], timeout: .seconds(20))
            #expect(fewer[topic]??.code == .invalidArgument)
        }
    }

    @Test("a change of one setting keeps the others, and nil resets")
    func configuration() async throws {
        let topic = try await Broker.topic(configuration: ["cleanup.policy": "compact"])
        try await administer { (admin: AdminClient) async throws -> Void in
            func own() async throws -> [String: String?] {
                let described = try await admin.describeConfiguration(of: [.topic(topic)], timeout: .seconds(20))
                let entries = try #require(described[.topic(topic)]).get()
                return Dictionary(uniqueKeysWithValues: entries.filter { $0.source == .topic }.map { ($0.name, $0.value) })
            }
            #expect(try await own() == ["cleanup.policy": "compact", "retention.ms": "-1"])
            try await admin.alterConfiguration(
                of: .topic(topic), ["segment.bytes": "1048576", "cleanup.policy": nil], timeout: .seconds(20)
            )
            try await eventually("the change shows") {
                try await own() == ["segment.bytes": "1048576", "retention.ms": "-1"]
            }
        }
    }

    @Test("records before an offset are deleted, and the low watermark says so")
    func deleteRecords() async throws {
        let topic = try await Broker.topic()
        let producer = try Producer(Broker.configuration, logger: .quiet)
        for _ in 0..<10 { try await producer.enqueue(ProducerRecord(topic: topic)) }
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
        let partition = TopicPartition(topic, 0)
        try await administer { (admin: AdminClient) async throws -> Void in
            let lows = try await admin.deleteRecords(before: [partition: 6], timeout: .seconds(20))
            #expect(lows == [partition: .success(6)])
        }
        let consumer = try Consumer(ConsumerConfiguration(Broker.configuration, groupID: nil), logger: .quiet)
        #expect(try await consumer.watermarks(partition, timeout: .seconds(10)) == Watermarks(low: 6, high: 10))
        await consumer.close()
    }

    @Test("a group is listed and described; its offsets are read, altered and deleted; it is deleted")
    func groups() async throws {
        let (topic, group, instance) = (try await Broker.topic(partitions: 2), unique("g"), unique("i"))
        let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        let consumer = try Consumer(
            ConsumerConfiguration(
                Broker.configuration(["session.timeout.ms": "6000"]), groupID: group, instanceID: instance
            ),
            logger: .quiet
        )
        let log = RebalanceLog()
        try consumer.subscribe([topic], listener: log)
        try await eventually("assigned") {
            _ = try await consumer.poll(maxRecords: 1, timeout: .milliseconds(100))
            return !log.events.isEmpty
        }
        try await consumer.commit([both[0]: 0, both[1]: 0])
        #expect(try await consumer.lag(both, timeout: .seconds(10)) == [both[0]: 0, both[1]: 0])
        try await administer { (admin: AdminClient) async throws -> Void in
            let listed = try await admin.listGroups(timeout: .seconds(20)).first { $0.id == group }
            #expect(listed?.isSimple == false)
            let described = try await admin.describeGroups([group], timeout: .seconds(20))
            let description = try #require(described[group]).get()
            #expect((description.state, description.assignor) == ("Stable", "range"))
            #expect(description.members.map(\.clientID) == ["kafka-client-tests"])
            #expect(description.members.map(\.partitions) == [both])
        }
        await consumer.close()
    }

    @Test("the offsets of a group without members are altered, read and deleted with it")
    func offsets() async throws {
        let (topic, group) = (try await Broker.topic(partitions: 2), unique("g"))
        let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        try await administer { (admin: AdminClient) async throws -> Void in
            #expect(
                try await admin.alterOffsets(group: group, [both[0]: 3, both[1]: 4], timeout: .seconds(20))
                    == [both[0]: nil, both[1]: nil]
            )
            #expect(try await admin.committedOffsets(group: group, timeout: .seconds(20)) == [both[0]: 3, both[1]: 4])
            #expect(
                try await admin.deleteOffsets(group: group, [both[0]], timeout: .seconds(20)) == [both[0]: nil]
            )
            #expect(
                try await admin.committedOffsets(group: group, partitions: both, timeout: .seconds(20))
                    == [both[0]: nil, both[1]: 4]
            )
            #expect(try await admin.deleteGroups([group], timeout: .seconds(20)) == [group: nil])
        }
    }

    @Test("a call that waits for a broker which is not there ends with its task, or with the close")
    func ends() async throws {
        let admin = try AdminClient(KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), logger: .quiet)
        let cancelled = Task { try await admin.listGroups(timeout: .seconds(600)) }
        cancelled.cancel()
        #expect(await failure { _ = try await cancelled.value }?.code == .cancelled)
        let closed = Task { try await admin.deleteTopics(["t"], timeout: .seconds(600)) }
        await Task.yield()
        await admin.close()
        #expect(await failure { _ = try await closed.value }?.code == .closed)
        #expect(await failure { _ = try await admin.listGroups(timeout: .seconds(1)) }?.code == .closed)
    }
}
