import KafkaClient
import NIOCore
import Testing

@testable import EmbeddedKafka

extension KafkaBehaviour {
    @Test(
        "A record comes back as it was sent, whatever the codec: repeated headers, NULL, empty, its time",
        arguments: Kafka.all, Compression.allCases)
    func records(kafka: Kafka, codec: Compression) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic()
            let time: Int64 = 1_600_000_000_000
            let headers = [KafkaHeader("a", "1"), KafkaHeader("a", nil), KafkaHeader("", []), KafkaHeader("ü", "ü")]
            let sent = [
                ProducerRecord(topic: topic, partition: 0, key: nil, value: nil, timestamp: time),
                ProducerRecord(topic: topic, partition: 0, key: [], value: [], timestamp: time + 7),
                ProducerRecord(
                    topic: topic, partition: 0, key: Array("k".utf8), value: [UInt8](repeating: 118, count: 3_000), headers: headers,
                    timestamp: time - 5),
            ]
            try await asking.produce(sent, ["compression.codec": codec.rawValue, "linger.ms": "100"])
            #expect(try await asking.read(TopicPartition(topic, 0)) == sent.enumerated().map { offset, record in
                ConsumedRecord(
                    topic: topic, partition: 0, offset: Int64(offset), timestamp: record.timestamp ?? 0, key: record.key,
                    value: record.value, headers: record.headers)
            })
        }
    }

    @Test("An offset is found by its time, inside of a batch, too; beyond the end there is none", arguments: Kafka.all)
    func offsetsByTime(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            let time: Int64 = 1_600_000_000_000
            try await asking.produce((0..<100).map { partition.record("v", timestamp: time + Int64($0) * 1_000) }, ["linger.ms": "100"])
            let consumer = try Consumer(ConsumerConfiguration(asking.configuration, groupID: nil), logger: .silent)
            for (at, expected) in [(time - 1, 0), (time + 41_500, 42), (time + 42_000, 42), (time + 99_001, nil)] as [(Int64, Int64?)] {
                #expect(try await consumer.offsets(at: [partition: at], timeout: Asking.patience) == [partition: expected])
            }
            await consumer.close()
        }
    }

    @Test("A record beyond max.message.bytes is refused", arguments: Kafka.all)
    func tooLarge(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic(["max.message.bytes": "2000"])
            let producer = try Producer(asking.configuration, logger: .silent)
            let error = await failure { () async throws(KafkaError) in
                try await producer.send(ProducerRecord(topic: topic, value: [UInt8](repeating: 1, count: 5_000)))
            }
            #expect((error?.code, error?.nativeName) == (.messageTooLarge, "MSG_SIZE_TOO_LARGE"))
            #expect(try await producer.send(ProducerRecord(topic: topic, value: [UInt8](repeating: 1, count: 1_000))).offset == 0)
            await producer.close()
        }
    }

    @Test("A batch that an idempotent producer repeats is a success that appends nothing; a gap is refused", arguments: Kafka.all)
    func sequences(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic()
            let client = try await asking.raw(topic)
            let request: WireValue = ["transactionalId": .string(nil), "timeoutMs": 60_000]
            let id = try await client.ask("InitProducerId", version: 4, request).producerId.int
            func send(_ value: String, sequence: Int32) async throws -> (ErrorCode, Int64) {
                try await client.produce([value], to: topic, as: Producing(id: id, epoch: 0, sequence: sequence))
            }
            #expect(try await send("a", sequence: 0) == (.none, 0))
            #expect(try await send("b", sequence: 1) == (.none, 1))
            #expect(try await send("a", sequence: 0) == (.none, 0))
            #expect(try await send("d", sequence: 3).0 == .outOfOrderSequenceNumber)
            #expect(try await send("c", sequence: 2) == (.none, 2))
            #expect(try await asking.values(TopicPartition(topic, 0)) == ["a", "b", "c"])
            try await client.close()
        }
    }

    @Test("A fetch gives no more than its limit of what is there, but one batch at least", arguments: Kafka.all)
    func fetchLimits(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            let record = partition.record(String(repeating: "x", count: 1_000))
            try await asking.produce(Array(repeating: record, count: 6_000), ["batch.size": "20000"])
            let client = try await asking.raw(partition.topic)
            #expect((400...500).contains(try await client.fetch(partition.topic, maxBytes: 500_000).values.count))
            #expect(try await client.fetch(partition.topic, maxBytes: 1).values.count > 0)
            try await client.close()
        }
    }

    @Test("Malformed requests end connections, not the broker", arguments: Kafka.all)
    func malformed(kafka: Kafka) async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix(state: seed)
        let frames = (0..<1_524).map { ByteBuffer.malformedRequest(isRandom: $0.isMultiple(of: 2), using: &generator) }
        try await kafka.ask { asking in
            let topic = try await asking.topic()
            let client = try await asking.raw(topic)
            try await withThrowingTaskGroup { group in
                for part in stride(from: 0, to: frames.count, by: 127) {
                    group.addTask {
                        for frame in frames[part..<min(part + 127, frames.count)] { try await client.another().sendAndLeave(frame) }
                    }
                }
                try await group.waitForAll()
            }
            try await asking.produce([TopicPartition(topic, 0).record("alive")])
            #expect(try await asking.values(TopicPartition(topic, 0)).last == "alive", "seed \(seed)")
            try await client.close()
        }
    }
}
