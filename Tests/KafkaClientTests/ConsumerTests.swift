import KafkaClient
import Logging
import Testing

@Suite("Consumer, on a mock cluster", .timeLimit(.minutes(5)))
struct ConsumerTests {
    let cluster: MockCluster

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 2)
    }

    private var kafka: KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: ["reconnect.backoff.max.ms": "100", "fetch.wait.max.ms": "10"]
        )
    }

    private func reader(ends: Bool = false) throws -> Consumer {
        try Consumer(
            ConsumerConfiguration(kafka, groupID: nil, reportsEndOfPartition: ends), logger: .quiet
        )
    }

    private func produce(_ values: some Sequence<Int>, partition: Int32 = 0) async throws {
        let producer = try Producer(kafka, logger: .quiet)
        for value in values {
            try await producer.enqueue(ProducerRecord(topic: "t", partition: partition, value: bytes("\(value)")))
        }
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
    }

    @Test("partitions are read without a group, each from where it was told to, in order")
    func assigned() async throws {
        try await produce(0..<100, partition: 0)
        try await produce(100..<200, partition: 1)
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .at(40), TopicPartition("t", 1): .earliest])
        let records = try await consumer.take(160)
        #expect(records.filter { $0.partition == 0 }.map(\.offset) == Array(40..<100))
        #expect(records.filter { $0.partition == 1 }.map(\.offset) == Array(0..<100))
        #expect(try consumer.assignment() == [TopicPartition("t", 0), TopicPartition("t", 1)])
        #expect(
            try consumer.position([TopicPartition("t", 0), TopicPartition("t", 1)])
                == [TopicPartition("t", 0): 100, TopicPartition("t", 1): 100]
        )
        await consumer.close()
    }

    @Test("the end of a partition is noticed with the next offset, and again after more records")
    func endOfPartition() async throws {
        try await produce(0..<3)
        let consumer = try reader(ends: true)
        let partition = TopicPartition("t", 0)
        try consumer.assign([partition: .earliest])
        for expected in [Int64(3), 5] {
            var ends: [TopicPartition: Int64] = [:]
            try await eventually("the end") {
                ends.merge(try await consumer.poll(maxRecords: 10, timeout: .milliseconds(100)).endOfPartitions) { $1 }
                return ends == [partition: expected]
            }
            if expected == 3 { try await produce(3..<5) }
        }
        await consumer.close()
    }

    @Test("a poll takes no more than it was asked for and returns when its time is over")
    func limits() async throws {
        try await produce(0..<10)
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .earliest])
        var taken: [Int] = []
        while taken.reduce(0, +) < 10 {
            taken.append(try await consumer.poll(maxRecords: 4, timeout: .seconds(10)).records.count)
        }
        #expect(taken.allSatisfy { $0 <= 4 })
        let start = ContinuousClock.now
        #expect(try await consumer.poll(maxRecords: 4, timeout: .milliseconds(50)).isEmpty)
        #expect(ContinuousClock.now - start >= .milliseconds(50))
        await consumer.close()
    }

    @Test("a second task that polls is turned away")
    func twoPolls() async throws {
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let first = Task { try await consumer.poll(maxRecords: 1, timeout: .seconds(60)) }
        try await eventually("the first holds the turn") {
            await failure { _ = try await consumer.poll(maxRecords: 1, timeout: .zero) }?.code == .invalidState
        }
        first.cancel()
        await #expect(throws: KafkaError(.cancelled, "the task was cancelled")) { try await first.value }
        await consumer.close()
    }

    @Test("a cancelled poll loses nothing, and the consumer reads on")
    func cancelledPoll() async throws {
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let poll = Task { try await consumer.poll(maxRecords: 1, timeout: .seconds(60)) }
        poll.cancel()
        _ = await poll.result
        try await produce(0..<5)
        #expect(try await consumer.take(5).map(\.offset) == Array(0..<5))
        await consumer.close()
    }

    @Test("a close ends the poll that runs, from any task, any number of times")
    func closeDuringPoll() async throws {
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .earliest])
        let poll = Task { try await consumer.poll(maxRecords: 1, timeout: .seconds(60)) }
        try await eventually("it polls") {
            await failure { _ = try await consumer.poll(maxRecords: 1, timeout: .zero) }?.code == .invalidState
        }
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { await consumer.close() } }
        }
        await #expect(throws: KafkaError(.closed, "the consumer is closed")) { try await poll.value }
        await #expect(throws: KafkaError(.closed, "the consumer is closed")) {
            try await consumer.poll(maxRecords: 1, timeout: .zero)
        }
        #expect(throws: KafkaError(.closed, "the consumer is closed")) { try consumer.assignment() }
    }

    @Test("tasks that subscribe, commit, pause and resume again and again while another closes are turned away, and harm nothing")
    func callsDuringClose() async throws {
        for _ in 0..<20 {
            let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: .quiet)
            let subscribing = Task {
                while true {
                    try consumer.subscribe(["t"])
                    await Task.yield()
                }
            }
            let pausing = Task {
                while true {
                    let partition = TopicPartition("t", 0)
                    let errors = [
                        await failure { try consumer.pause([partition]) }, await failure { try consumer.resume([partition]) },
                    ]
                    if errors.contains(where: { $0?.code == .closed }) { return }
                    await Task.yield()
                }
            }
            let committing = Task {
                while true {
                    let error = await failure { try await consumer.commit([TopicPartition("t", 0): 1]) }
                    if error?.code == .closed { return }
                    await Task.yield()
                }
            }
            await consumer.close()
            await #expect(throws: KafkaError(.closed, "the consumer is closed")) { try await subscribing.value }
            await committing.value
            await pausing.value
        }
    }

    @Test("pausing and resuming in mid-stream skips no offset and repeats none")
    func pauseAndResume() async throws {
        try await produce(0..<5000)
        let consumer = try reader()
        let partition = TopicPartition("t", 0)
        try consumer.assign([partition: .earliest])
        var offsets: [Int64] = []
        var rounds = 0
        while offsets.count < 5000, rounds < 2000 {
            rounds += 1
            offsets += try await consumer.poll(maxRecords: 97, timeout: .milliseconds(500)).records.map(\.offset)
            try consumer.pause([partition])
            offsets += try await consumer.poll(maxRecords: 97, timeout: .zero).records.map(\.offset)
            try consumer.resume([partition])
        }
        #expect(offsets == Array(0..<5000))
        await consumer.close()
    }

    @Test("a paused partition hands out nothing while the others go on")
    func paused() async throws {
        try await produce(0..<10, partition: 0)
        try await produce(0..<10, partition: 1)
        let consumer = try reader()
        try consumer.assign([TopicPartition("t", 0): .earliest, TopicPartition("t", 1): .earliest])
        try consumer.pause([TopicPartition("t", 0)])
        #expect(try await consumer.take(10).map(\.partition) == [Int32](repeating: 1, count: 10))
        #expect(try await consumer.poll(maxRecords: 10, timeout: .milliseconds(100)).isEmpty)
        try consumer.resume([TopicPartition("t", 0)])
        #expect(try await consumer.take(10).map(\.partition) == [Int32](repeating: 0, count: 10))
        await consumer.close()
    }

    @Test("after a seek only records from the new place are handed out")
    func seek() async throws {
        try await produce(0..<1000)
        let consumer = try reader()
        let partition = TopicPartition("t", 0)
        try consumer.assign([partition: .earliest])
        _ = try await consumer.take(10)
        try await consumer.seek(partition, to: 990, timeout: .seconds(10))
        #expect(try await consumer.take(10).map(\.offset) == Array(990..<1000))
        try await consumer.seek(partition, to: 5, timeout: .seconds(10))
        #expect(try await consumer.take(3).map(\.offset) == [5, 6, 7])
        await consumer.close()
    }

    @Test("records survive a leader that moves in mid-stream")
    func leaderMoves() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("moving", partitions: 1, replication: 3)
        let kafka = KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers, properties: ["reconnect.backoff.max.ms": "100"]
        )
        let producer = try Producer(kafka, logger: .quiet)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: nil), logger: .quiet)
        try consumer.assign([TopicPartition("moving", 0): .earliest])
        for leader in Int32(1)...3 {
            try cluster.setLeader(of: TopicPartition("moving", 0), broker: leader)
            for number in 0..<20 {
                try await producer.enqueue(ProducerRecord(topic: "moving", value: bytes("\(leader).\(number)")))
            }
            try await producer.flush(timeout: .seconds(30))
            #expect(
                try await consumer.take(20).map(\.value) == (0..<20).map { bytes("\(leader).\($0)") }
            )
        }
        await producer.close()
        await consumer.close()
    }

    @Test("without a group there is nothing to join, to commit, or to ask for")
    func noGroup() async throws {
        let consumer = try reader()
        #expect(throws: KafkaError(.invalidState, "a consumer without a group cannot subscribe")) {
            try consumer.subscribe(["t"])
        }
        await #expect(throws: KafkaError(.invalidState, "a consumer without a group cannot commit")) {
            try await consumer.commit([TopicPartition("t", 0): 1])
        }
        #expect(throws: KafkaError(.invalidState, "a consumer without a group has no stored offsets")) {
            try consumer.assign([TopicPartition("t", 0): .stored])
        }
        await consumer.close()
    }

    @Test("a query of a cancelled task ends at once, whatever the broker does")
    func cancelledQuery() async throws {
        let consumer = try reader()
        try cluster.setDown(broker: 1)
        let query = Task { try await consumer.watermarks(TopicPartition("t", 0), timeout: .seconds(3)) }
        query.cancel()
        await #expect(throws: KafkaError(.cancelled, "the task was cancelled")) { try await query.value }
        await consumer.close()
    }

    @Test("a query of a broker that is away says so within its time")
    func timedOutQuery() async throws {
        let consumer = try reader()
        try cluster.setDown(broker: 1)
        let error = await failure {
            _ = try await consumer.watermarks(TopicPartition("t", 0), timeout: .milliseconds(200))
        }
        #expect(error?.code == .timedOut || error?.code == .brokerUnavailable, "\(String(describing: error))")
        #expect(error?.isRetriable == true)
        await consumer.close()
    }

    @Test("a caller that does not poll loses its partitions, and gets them back by polling")
    func stuckHandler() async throws {
        try await produce(0..<1)
        var kafka = kafka
        // The mock lets a first join take 3 s; the session has to outlast it.
        kafka.properties["max.poll.interval.ms"] = "4000"
        kafka.properties["session.timeout.ms"] = "4000"
        let log = RebalanceLog()
        let lines = LogLines()
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: unique("g")), logger: lines.logger)
        try consumer.subscribe(["t"], listener: log)
        _ = try await consumer.take(1)
        try await eventually("librdkafka takes the caller for stuck") {
            lines.all.contains { $0.contains("Application maximum poll interval") }
        }
        var errors: [KafkaError.Code] = []
        try await eventually("lost, then given back") {
            do throws(KafkaError) {
                _ = try await consumer.poll(maxRecords: 1, timeout: .milliseconds(100))
            } catch {
                errors.append(error.code)
            }
            return log.events.count >= 3
        }
        let both = [TopicPartition("t", 0), TopicPartition("t", 1)]
        #expect(errors == [.maxPollExceeded])
        #expect(log.events.prefix(3) == [.assigned(both), .revoked(both, lost: true), .assigned(both)])
        await consumer.close()
    }
}
