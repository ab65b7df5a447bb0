import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Produce and fetch", .timeLimit(.minutes(5)))
struct ProduceFetchTests {
    @Test("Records come back in order, with the offsets they were given")
    func roundTrip() async throws {
        try await withBroker { (_, client) async throws in
            #expect(try await client.createTopic("t") == .none)
            #expect(try await client.produce(["a", "b"], to: "t") == (.none, 0))
            #expect(try await client.produce(["c"], to: "t") == (.none, 2))
            #expect(try await client.fetch("t") == Fetched(values: ["a", "b", "c"], highWatermark: 3, stable: 3))
            #expect(try await client.fetch("t", from: 4).error == .offsetOutOfRange)
            #expect(try await client.fetch("absent").error == .unknownTopicOrPartition)
        }
    }

    @Test("A repeated batch keeps its offset and isn't appended; a gap is refused; a raised epoch begins at zero and fences the old one")
    func sequences() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            let id = try await client.ask("InitProducerId", version: 4, ["timeoutMs": 1_000]).producerId.int
            func send(_ value: String, epoch: Int16 = 0, sequence: Int32) async throws -> (ErrorCode, Int64) {
                try await client.produce([value], to: "t", as: Producing(id: id, epoch: epoch, sequence: sequence))
            }
            #expect(try await send("a", sequence: 0) == (.none, 0))
            #expect(try await send("b", sequence: 1) == (.none, 1))
            #expect(try await send("a", sequence: 0) == (.none, 0))
            #expect(try await send("d", sequence: 3).0 == .outOfOrderSequenceNumber)
            #expect(try await send("e", epoch: 1, sequence: 1).0 == .outOfOrderSequenceNumber)
            #expect(try await send("e", epoch: 1, sequence: 0) == (.none, 2))
            #expect(try await send("c", sequence: 2).0 == .invalidProducerEpoch)
            #expect(try await client.fetch("t").values == ["a", "b", "e"])
        }
    }

    @Test("What is too large, damaged, from the future, a control batch, or more than one batch is refused")
    func refused() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t", ["max.message.bytes": "200"])
            #expect(try await client.produce([String(repeating: "x", count: 200)], to: "t").0 == .messageTooLarge)
            var builder = RecordBatch.Builder()
            builder.append(key: nil, value: ByteBuffer(string: "v"), timestamp: 0)
            var bytes = builder.build().bytes
            bytes.writeImmutableBuffer(bytes)
            #expect(try await client.produce(bytes, to: "t").0 == .invalidRecord)
            var damaged = builder.build().bytes
            damaged.setInteger(0xFF as UInt8, at: damaged.writerIndex - 1)
            #expect(try await client.produce(damaged, to: "t").0 == .corruptMessage)
            let marker = ControlRecord(.commit).batch(producerID: 1, producerEpoch: 0, timestamp: 0)
            #expect(try await client.produce(marker.bytes, to: "t").0 == .invalidRecord)
            #expect(try await client.produce(["v"], to: "t", acks: 7).0 == .invalidRequiredAcks)
            #expect(try await client.produce(["v"], to: "t", time: .now + 7_200_000).0 == .invalidTimestamp, "more than an hour ahead")
            #expect(try await client.fetch("t").highWatermark == 0)
        }
    }

    @Test("A waiting fetch is answered when enough has come, when its time is up, and when its topic goes")
    func longPoll() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            let other = try await RawClient.connect(to: broker)
            async let woken = other.fetch("t", wait: 1_000_000)
            _ = try await client.produce(["a"], to: "t")
            #expect(try await woken.values == ["a"])
            let begin = ContinuousClock.now
            #expect(try await client.fetch("t", from: 1, wait: 100).values == [])
            #expect(ContinuousClock.now - begin >= .milliseconds(100))
            async let gone = other.fetch("t", from: 1, wait: 1_000_000)
            let answer = try await client.ask("DeleteTopics", version: 5, ["names": ["t"], "timeoutMs": 1_000])
            #expect(answer.responses.elements.first?.error == ErrorCode.none)
            #expect(try await gone.error == .unknownTopicOrPartition)
            try await other.close()
        }
    }

    @Test("A fetch takes no more than its limit, but one batch always")
    func limits() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            for index in 0..<10 { _ = try await client.produce(["\(index)" + String(repeating: "x", count: 1_000)], to: "t") }
            #expect(try await client.fetch("t", maxBytes: 1).values.count == 1)
            #expect(try await client.fetch("t", maxBytes: 3_500).values.count == 3)
        }
    }

    @Test("Offsets are found by time; beyond the end there is none")
    func byTime() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t", ["retention.ms": "-1"])
            for time in [1_000, 2_000, 3_000] as [Int64] { _ = try await client.produce(["\(time)"], to: "t", time: time) }
            func find(_ time: Int64) async throws -> Int64 {
                let entry: WireValue = ["index": 0, "currentLeaderEpoch": -1, "timestamp": .int(time)]
                return try await client.ask("ListOffsets", version: 7, ["replicaId": -1, "topics": [["name": "t", "partitions": [entry]]]])
                    .partition().offset.int
            }
            var found: [Int64] = []
            for time in [-2, -1, -3, 1_500, 3_000, 3_001] as [Int64] { found.append(try await find(time)) }
            #expect(found == [0, 3, 2, 1, 2, -1])
        }
    }
}
