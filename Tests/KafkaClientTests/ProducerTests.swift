import KafkaClient
import Logging
import Testing

@Suite("Producer, on a mock cluster", .timeLimit(.minutes(5)))
struct ProducerTests {
    let cluster: MockCluster

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

    @Test("an awaited send answers with the record's place")
    func delivery() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        for offset in Int64(0)..<3 {
            let delivery = try await producer.send(ProducerRecord(topic: "t", value: bytes("v")))
            // The mock stamps what it appends with 1234.
            #expect(delivery == Delivery(topic: "t", partition: 0, offset: offset, timestamp: 1234))
        }
        await producer.close()
    }

    @Test("a batch has an outcome per record, in its order, and a refused record holds up none")
    func batch() async throws {
        let producer = try Producer(configuration(["message.max.bytes": "1000"]), logger: .quiet)
        var records = (0..<50).map { ProducerRecord(topic: "t", value: bytes("\($0)")) }
        records[7].value = [UInt8](repeating: 0, count: 2000)
        let outcomes = await producer.send(contentsOf: records)
        #expect(outcomes.map { try? $0.get().offset } == (0..<50).map { (index: Int64) in
            index == 7 ? nil : index < 7 ? index : index - 1
        })
        guard case .failure(let refusal) = outcomes[7] else { return }
        #expect(refusal.code == .messageTooLarge)
        #expect(await producer.send(contentsOf: []).isEmpty)
        await producer.close()
    }

    @Test("a batch larger than the queue waits for room; when it is cancelled, what waits is not sent")
    func cancelledBatch() async throws {
        let producer = try Producer(configuration(["queue.buffering.max.messages": "3"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        let batch = Task {
            await producer.send(contentsOf: (0..<10).map { ProducerRecord(topic: "t", value: bytes("\($0)")) })
        }
        try await eventually("the fourth waits") { producer.waitingSenders == 1 }
        batch.cancel()
        let outcomes = await batch.value
        #expect(outcomes == [Result<Delivery, KafkaError>](
            repeating: .failure(KafkaError(.cancelled, "the task was cancelled")), count: 10
        ))
        try cluster.setUp(broker: 1)
        try await producer.flush(timeout: .seconds(20))
        #expect(try await producer.send(ProducerRecord(topic: "t", value: bytes("last"))).offset == 3)
        let values = await producer.send(contentsOf: (0..<9).map { ProducerRecord(topic: "t", value: bytes("\($0)")) })
        #expect(values.map { try? $0.get().offset } == (4..<13).map { Int64($0) })
        await producer.close()
    }

    @Test("a timestamp that librdkafka would take for now is refused")
    func timestampZero() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        await #expect(throws: KafkaError(.invalidArgument, "a record's timestamp must be above zero")) {
            try await producer.send(ProducerRecord(topic: "t", timestamp: 0))
        }
        await producer.close()
    }

    @Test("a full queue suspends its senders, who continue in the order in which they came")
    func fullQueue() async throws {
        let producer = try Producer(
            configuration([
                "queue.buffering.max.messages": "2", "max.in.flight.requests.per.connection": "1",
                "batch.num.messages": "1",
            ]),
            logger: .quiet
        )
        try cluster.setDown(broker: 1)
        for text in ["a", "b"] { try await producer.enqueue(ProducerRecord(topic: "t", value: bytes(text))) }
        // Each comes only when the one before is in line.
        var senders: [Task<Void, any Error>] = []
        for (place, text) in ["c", "d", "e", "f"].enumerated() {
            senders.append(Task { try await producer.enqueue(ProducerRecord(topic: "t", value: bytes(text))) })
            try await eventually("\(text) waits") { producer.waitingSenders == place + 1 }
        }
        try cluster.setUp(broker: 1)
        for sender in senders { try await sender.value }
        try await producer.flush(timeout: .seconds(20))
        let values = try await readAll(6).map(\.value)
        #expect(values == ["a", "b", "c", "d", "e", "f"].map(bytes))
        await producer.close()
    }

    @Test("a sender that is cancelled while it waits for room has sent nothing")
    func cancelledWhileWaiting() async throws {
        let producer = try Producer(configuration(["queue.buffering.max.messages": "1"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("kept")))
        let senders = [
            Task { _ = try await producer.send(ProducerRecord(topic: "t", value: bytes("awaited"))) },
            Task { try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("pipelined"))) },
        ]
        try await eventually("both wait") { producer.waitingSenders == 2 }
        for sender in senders {
            sender.cancel()
            await #expect(throws: KafkaError(.cancelled, "the task was cancelled")) { try await sender.value }
        }
        #expect(producer.waitingSenders == 0)
        try cluster.setUp(broker: 1)
        try await producer.flush(timeout: .seconds(20))
        #expect(try await producer.send(ProducerRecord(topic: "t")).offset == 1)
        await producer.close()
    }

    /// Hangs where a task is resumed under a lock that its cancellation needs.
    @Test("senders that are let in and cancelled at the same moment hang nobody")
    func cancelledOnAdmission() async throws {
        let producer = try Producer(configuration(["queue.buffering.max.messages": "1"]), logger: .quiet)
        await withTaskGroup { group in
            for _ in 0..<6 {
                group.addTask {
                    for round in 0..<150 {
                        let sender = Task { try? await producer.enqueue(ProducerRecord(topic: "t")) }
                        for _ in 0..<(round % 7) { await Task.yield() }
                        sender.cancel()
                        await sender.value
                    }
                }
            }
        }
        #expect(producer.waitingSenders == 0)
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
    }

    @Test("a cancelled send stops waiting for its delivery")
    func cancelledInFlight() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        try cluster.setDown(broker: 1)
        let sender = Task { try await producer.send(ProducerRecord(topic: "t", value: bytes("v"))) }
        try await eventually("it is queued") { producer.queuedRecords == 1 }
        sender.cancel()
        await #expect(throws: KafkaError(.cancelled, "the task was cancelled")) { try await sender.value }
        try cluster.setUp(broker: 1)
        try await producer.flush(timeout: .seconds(20))
        #expect(try await readAll(1).map(\.value) == [bytes("v")])
        await producer.close()
    }

    @Test("a broker that is down for a while costs nothing that was queued, and repeats nothing")
    func brokerDown() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        for number in 0..<200 {
            if number == 50 { try cluster.setDown(broker: 1) }
            if number == 150 { try cluster.setUp(broker: 1) }
            try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("\(number)")))
        }
        try await producer.flush(timeout: .seconds(30))
        #expect(try await readAll(200).map(\.value) == (0..<200).map { bytes("\($0)") })
        await producer.close()
    }

    @Test("a record that cannot be delivered in time fails its send, and the flush after an enqueue")
    func deliveryTimeout() async throws {
        let producer = try Producer(
            configuration(["message.timeout.ms": "300", "enable.idempotence": "false"]), logger: .quiet
        )
        try cluster.setDown(broker: 1)
        let record = ProducerRecord(topic: "t", value: bytes("v"))
        try await producer.enqueue(record)
        let awaited = await failure { _ = try await producer.send(record) }
        #expect((awaited?.code, awaited?.nativeName) == (.timedOut, "_MSG_TIMED_OUT"))
        let flushed = await failure { try await producer.flush(timeout: .seconds(10)) }
        #expect((flushed?.code, flushed?.nativeName) == (.timedOut, "_MSG_TIMED_OUT"))
        // Reported once.
        try await producer.flush(timeout: .seconds(10))
        await producer.close()
    }

    @Test("a flush that runs out of time leaves the records in the queue")
    func flushTimeout() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        try cluster.setDown(broker: 1)
        try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("v")))
        let error = await failure { try await producer.flush(timeout: .milliseconds(50)) }
        #expect(error?.code == .timedOut)
        try cluster.setUp(broker: 1)
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
    }

    @Test("a purge fails what is queued")
    func purge() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        try cluster.setDown(broker: 1)
        let sender = Task { try await producer.send(ProducerRecord(topic: "t", value: bytes("v"))) }
        try await eventually("it is queued") { producer.queuedRecords == 1 }
        try producer.purge(inFlight: true)
        let error = await failure { _ = try await sender.value }
        #expect(error?.code == .purged)
        await producer.close()
    }

    @Test("a record above the limit is refused at once")
    func tooLarge() async throws {
        let producer = try Producer(configuration(["message.max.bytes": "1000"]), logger: .quiet)
        let error = await failure {
            // With headers, which stay with the caller when librdkafka refuses the record.
            try await producer.enqueue(ProducerRecord(
                topic: "t", value: [UInt8](repeating: 0, count: 2000), headers: [KafkaHeader("a", "1")]
            ))
        }
        #expect(error?.code == .messageTooLarge)
        await producer.close()
    }

    @Test("a record that no queue of this size will ever hold is refused instead of waiting for ever")
    func neverFits() async throws {
        let producer = try Producer(
            configuration(["queue.buffering.max.kbytes": "1", "message.max.bytes": "100000"]), logger: .quiet
        )
        let error = await failure {
            try await producer.enqueue(ProducerRecord(topic: "t", value: [UInt8](repeating: 0, count: 2000)))
        }
        #expect(error?.code == .messageTooLarge)
        await producer.close()
    }

    @Test("a close delivers what it can, reports what it cannot, and fails every caller after it")
    func close() async throws {
        let producer = try Producer(configuration(), logger: .quiet)
        try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("delivered")))
        #expect(await producer.close() == 0)
        #expect(await producer.close() == 0)
        await #expect(throws: KafkaError(.closed, "the producer is closed")) {
            try await producer.send(ProducerRecord(topic: "t"))
        }
        #expect(try await readAll(1).map(\.value) == [bytes("delivered")])

        let stranded = try Producer(configuration(["queue.buffering.max.messages": "1"]), logger: .quiet)
        try cluster.setDown(broker: 1)
        let queued = Task { try await stranded.send(ProducerRecord(topic: "t")) }
        try await eventually("it is queued") { stranded.queuedRecords == 1 }
        let waiting = Task { try await stranded.send(ProducerRecord(topic: "t")) }
        try await eventually("it waits") { stranded.waitingSenders == 1 }
        #expect(await stranded.close(timeout: .milliseconds(50)) == 2)
        #expect(await failure { _ = try await queued.value }?.code == .purged)
        #expect(await failure { _ = try await waiting.value }?.code == .closed)
    }

    @Test("what was acknowledged a moment ago is not undelivered, if a flush or a close has no time at all")
    func momentsAgo() async throws {
        for _ in 0..<20 {
            let producer = try Producer(configuration(["linger.ms": "0"]), logger: .quiet)
            _ = try await producer.send(ProducerRecord(topic: "t"))
            try await producer.flush(timeout: .zero)
            _ = try await producer.send(ProducerRecord(topic: "t"))
            #expect(await producer.close(timeout: .zero) == 0)
        }
    }

    @Test("reports are taken when nobody sends any more")
    func quietly() async throws {
        let producer = try Producer(configuration(["statistics.interval.ms": "100"]), logger: .quiet)
        try await producer.enqueue(ProducerRecord(topic: "t"))
        // By no call of the caller's: these tell what librdkafka holds.
        try await eventually("it has arrived and was taken") {
            guard let seen = try producer.statistics() else { return false }
            return (seen.sentRecords, seen.queuedRecords) == (1, 0)
        }
        await producer.close()
    }

    @Test("a close counts what failed unnoticed since the last flush")
    func closeAfterFailures() async throws {
        let producer = try Producer(
            configuration(["message.timeout.ms": "100", "enable.idempotence": "false"]), logger: .quiet
        )
        try cluster.setDown(broker: 1)
        for _ in 0..<3 { try await producer.enqueue(ProducerRecord(topic: "t")) }
        try await eventually("all have failed") { producer.queuedRecords == 0 }
        #expect(await producer.close() == 3)
    }
}

func failure(_ body: () async throws -> Void) async -> KafkaError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? KafkaError
    }
}
