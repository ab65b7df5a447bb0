import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Transactions", .timeLimit(.minutes(5)))
struct TransactionTests {
    /// A transactional producer as a client would be one.
    private struct Producer {
        let client: RawClient
        let name: String
        var id: Int64 = -1
        var epoch: Int16 = -1
        var sequence: Int32 = 0

        private var who: [String: WireValue] {
            ["transactionalId": .string(name), "producerId": .int(id), "producerEpoch": .init(epoch), "groupId": "g"]
        }

        mutating func initialize(timeout: Int64 = 900_000) async throws -> ErrorCode {
            var request = who
            request["timeoutMs"] = .int(timeout)
            let answer = try await client.ask("InitProducerId", version: 4, .structure(request))
            if answer.error == .none { (id, epoch, sequence) = (answer.producerId.int, answer.producerEpoch.int16, 0) }
            return answer.error
        }

        mutating func write(_ value: String, to topic: String = "t") async throws -> ErrorCode {
            var request = who
            request["topics"] = [["name": .string(topic), "partitions": [0]]]
            let added = try await client.ask("AddPartitionsToTxn", version: 3, .structure(request)).partition("results").error
            guard added == .none else { return added }
            return try await append(value, to: topic)
        }

        mutating func append(_ value: String, to topic: String = "t") async throws -> ErrorCode {
            let (error, _) = try await client.produce(
                [value], to: topic, as: Producing(id: id, epoch: epoch, sequence: sequence, isTransactional: true))
            if error == .none { sequence += 1 }
            return error
        }

        func commitOffset(_ offset: Int64, generation: Int32 = -1, member: String = "") async throws -> ErrorCode {
            let added = try await client.ask("AddOffsetsToTxn", version: 3, .structure(who)).error
            guard added == .none else { return added }
            var request = who
            request["generationId"] = .init(generation)
            request["memberId"] = .string(member)
            request["topics"] = [["name": "t", "partitions": [["index": 0, "offset": .int(offset), "leaderEpoch": -1]]]]
            return try await client.ask("TxnOffsetCommit", version: 3, .structure(request)).partition().error
        }

        func end(committing: Bool) async throws -> ErrorCode {
            var request = who
            request["committed"] = .bool(committing)
            return try await client.ask("EndTxn", version: 3, .structure(request)).error
        }
    }

    private func committed(_ client: RawClient) async throws -> (ErrorCode, Int64) {
        let answer = try await client.ask(
            "OffsetFetch", version: 7, ["groupId": "g", "topics": [["name": "t", "partitions": [0]]], "requireStable": true]).partition()
        return (answer.error, answer.offset.int)
    }

    @Test("Records of an open transaction are hidden, seen once it commits, and passed over once it aborts")
    func isolation() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            var producer = Producer(client: client, name: "x")
            #expect(try await producer.initialize() == .none)
            #expect(try await producer.write("a") == .none)
            #expect(try await client.fetch("t", isCommittedOnly: true) == Fetched(highWatermark: 1, stable: 0))
            #expect(try await client.fetch("t").values == ["a"])
            #expect(try await producer.end(committing: true) == .none)
            #expect(try await client.fetch("t", isCommittedOnly: true) == Fetched(values: ["a"], highWatermark: 2, stable: 2))
            #expect(try await producer.write("b") == .none)
            #expect(try await producer.end(committing: false) == .none)
            let after = try await client.fetch("t", from: 2, isCommittedOnly: true)
            #expect(after == Fetched(values: ["b"], highWatermark: 4, stable: 4, aborted: [producer.id]))
            #expect(try await producer.end(committing: false) == .none, "a repeated end finds the work done")
            #expect(try await producer.end(committing: true) == .invalidTxnState)
        }
    }

    @Test("A batch outside of a transaction, or into a partition that it doesn't know, is refused")
    func membership() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            var producer = Producer(client: client, name: "x")
            _ = try await producer.initialize()
            #expect(try await producer.append("a") == .invalidTxnState)
            #expect(try await producer.write("a", to: "absent") == .unknownTopicOrPartition)
            #expect(try await client.fetch("t").highWatermark == 0)
        }
    }

    @Test("A new producer of the same id aborts what is open and fences the old one; the old one can't come back")
    func fencing() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            var old = Producer(client: client, name: "x")
            _ = try await old.initialize()
            _ = try await old.write("a")
            var new = Producer(client: client, name: "x")
            #expect(try await new.initialize() == .none)
            #expect(try await old.write("b") == .producerFenced)
            #expect(try await old.append("b") == .invalidProducerEpoch)
            #expect(try await old.end(committing: true) == .producerFenced)
            #expect(try await old.initialize() == .producerFenced)
            #expect(try await new.write("c") == .none)
            #expect(try await new.end(committing: true) == .none)
            let seen = try await client.fetch("t", isCommittedOnly: true)
            #expect(seen.aborted == [old.id])
            #expect(seen.stable == 4)
        }
    }

    @Test("A producer that raises its epoch after an error may ask again when the answer was lost")
    func recoverEpoch() async throws {
        try await withBroker { _, client in
            var producer = Producer(client: client, name: "x")
            _ = try await producer.initialize()
            var again = producer
            #expect(try await producer.initialize() == .none)
            #expect(try await again.initialize() == .none)
            #expect(again.epoch == producer.epoch)
        }
    }

    @Test("A transaction that is open for too long is aborted, and its producer fenced")
    func timeout() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            var producer = Producer(client: client, name: "x")
            _ = try await producer.initialize()
            _ = try await producer.write("a")
            try await broker.moveTime(by: .seconds(450))
            #expect(try await client.fetch("t", isCommittedOnly: true).stable == 0)
            try await broker.moveTime(by: .seconds(450))
            try await eventually { try await client.fetch("t", isCommittedOnly: true).stable == 2 }
            #expect(try await producer.end(committing: true) == .producerFenced)
        }
    }

    @Test("Offsets in a transaction hold readers back until it ends, and count only if it commits")
    func offsets() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            var producer = Producer(client: client, name: "x")
            _ = try await producer.initialize()
            #expect(try await producer.commitOffset(5) == .none)
            #expect(try await committed(client) == (.unstableOffsetCommit, -1))
            #expect(try await producer.end(committing: false) == .none)
            #expect(try await committed(client) == (.none, -1))
            #expect(try await producer.commitOffset(6) == .none)
            #expect(try await producer.end(committing: true) == .none)
            #expect(try await committed(client) == (.none, 6))
            #expect(try await producer.commitOffset(7, generation: 3, member: "gone") == .unknownMemberID)
        }
    }

    @Test(
        "An open transaction outlasts the broker: it can be committed after a restart, with all that belongs to it",
        arguments: [EmbeddedKafka.Ending.orderly, .killed])
    func restart(ending: EmbeddedKafka.Ending) async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { broker, client in
                _ = try await client.createTopic("t")
                var producer = Producer(client: client, name: "x")
                _ = try await producer.initialize()
                _ = try await producer.write("a")
                _ = try await producer.commitOffset(9)
                try await broker.takeDown(ending)
                try await broker.bringUp()
                let again = try await RawClient.connect(to: broker)
                #expect(try await again.fetch("t", isCommittedOnly: true) == Fetched(highWatermark: 1, stable: 0))
                producer = Producer(client: again, name: "x", id: producer.id, epoch: producer.epoch, sequence: producer.sequence)
                #expect(try await producer.write("b") == .none)
                #expect(try await producer.end(committing: true) == .none)
                #expect(try await again.fetch("t", isCommittedOnly: true).values == ["a", "b"])
                #expect(try await committed(again) == (.none, 9))
                var zombie = Producer(client: again, name: "x", id: producer.id, epoch: producer.epoch)
                #expect(try await zombie.append("a") == .invalidTxnState)
                try await again.close()
            }
        }
    }

    @Test("What was decided and not carried out when the broker died is carried out at its start")
    func prepared() async throws {
        try await withFolder { folder in
            var id: Int64 = 0
            try await withBroker(.init(directory: folder)) { _, client in
                _ = try await client.createTopic("t")
                var producer = Producer(client: client, name: "x")
                _ = try await producer.initialize()
                _ = try await producer.write("a")
                id = producer.id
            }
            do {
                let state = try StateLog<Transaction>(
                    TransactionCoordinator.logName, in: Storage(folder: folder, logger: .init(label: "test")))
                var transaction = try #require(try state.readAll()["x"])
                #expect(transaction.phase == .open)
                transaction.phase = .committing
                transaction.offsets = ["g": [.init(topic: "t", partition: 0): .init(offset: 4, leaderEpoch: -1)]]
                try state.write([("x", transaction)], at: 0)
            }
            try await withBroker(.init(directory: folder)) { (_, client) async throws in
                #expect(try await client.fetch("t", isCommittedOnly: true) == Fetched(values: ["a"], highWatermark: 2, stable: 2))
                #expect(try await committed(client) == (.none, 4))
            }
            #expect(id > 0)
        }
    }

    @Test("A transaction of which a power cut left only the records is aborted at the start")
    func orphan() async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { _, client in
                _ = try await client.createTopic("t")
                var producer = Producer(client: client, name: "x")
                _ = try await producer.initialize()
                _ = try await producer.write("a")
            }
            do {
                let state = try StateLog<Transaction>(
                    TransactionCoordinator.logName, in: Storage(folder: folder, logger: .init(label: "test")))
                try state.write([("x", nil)], at: 0)
            }
            try await withBroker(.init(directory: folder)) { _, client in
                let seen = try await client.fetch("t", isCommittedOnly: true)
                #expect(seen.stable == 2)
                #expect(seen.aborted.count == 1)
            }
        }
    }
}
