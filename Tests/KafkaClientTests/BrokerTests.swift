import KafkaClient
import Logging
import Testing

@Suite("Records, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(5)))
struct BrokerTests {
    private func reader(
        _ isolation: Isolation = .readCommitted,
        ends: Bool = false
    ) throws -> Consumer {
        try Consumer(
            ConsumerConfiguration(Broker.configuration, groupID: nil, isolation: isolation, reportsEndOfPartition: ends),
            logger: .quiet
        )
    }

    @Test(
        "a record comes back as it was sent: NULL, empty, repeated headers, time",
        arguments: ["none", "gzip", "snappy", "lz4", "zstd"]
    )
    func roundTrip(codec: String) async throws {
        let topic = try await Broker.topic()
        let producer = try Producer(Broker.configuration(["compression.codec": codec]), logger: .quiet)
        let time: Int64 = 1_790_000_000_000
        let sent = [
            ProducerRecord(topic: topic, key: nil, value: nil, timestamp: time),
            ProducerRecord(topic: topic, key: [], value: [], timestamp: time + 1),
            ProducerRecord(
                topic: topic, key: bytes("k"), value: bytes(String(repeating: "v", count: 2000)),
                headers: [
                    KafkaHeader("a", "1"), KafkaHeader("a", nil), KafkaHeader("", []),
                    KafkaHeader("long enough a name to be on the heap", "ü"),
                ],
                timestamp: time - 5
            ),
        ]
        for (offset, record) in sent.enumerated() {
            let delivery = try await producer.send(record)
            #expect(delivery == Delivery(
                topic: topic, partition: 0, offset: Int64(offset), timestamp: record.timestamp ?? 0
            ))
        }
        await producer.close()

        let consumer = try reader()
        try consumer.assign([TopicPartition(topic, 0): .earliest])
        #expect(try await consumer.take(3) == sent.enumerated().map { offset, record in
            ConsumedRecord(
                topic: topic, partition: 0, offset: Int64(offset), timestamp: record.timestamp ?? 0,
                key: record.key, value: record.value, headers: record.headers
            )
        })
        await consumer.close()
    }

    @Test("a key goes to the partition where Java's default partitioner puts it")
    func murmur2() async throws {
        let topic = try await Broker.topic(partitions: 6)
        let producer = try Producer(Broker.configuration, logger: .quiet)
        // From Kafka's own test of Utils.murmur2.
        #expect(["21", "foobar", "a-little-bit-long-string"].map { javaMurmur2(bytes($0)) } == [
            -973_932_308, -790_332_482, -985_981_536,
        ])
        for key in ["21", "foobar", "a-little-bit-long-string", "cart-17"] {
            let expected = (javaMurmur2(bytes(key)) & 0x7fff_ffff) % 6
            #expect(try await producer.send(ProducerRecord(topic: topic, key: bytes(key))).partition == expected)
        }
        await producer.close()
    }

    @Test("offsets by time: the first at or after it, none beyond the end")
    func offsetsByTime() async throws {
        let topic = try await Broker.topic()
        let producer = try Producer(Broker.configuration, logger: .quiet)
        let time: Int64 = 1_790_000_000_000
        for step in Int64(0)..<5 {
            _ = try await producer.send(ProducerRecord(topic: topic, timestamp: time + step * 1000))
        }
        await producer.close()
        let consumer = try reader()
        let partition = TopicPartition(topic, 0)
        for (at, expected) in [(time, 0), (time + 1500, 2), (time + 9000, nil)] as [(Int64, Int64?)] {
            #expect(try await consumer.offsets(at: [partition: at], timeout: .seconds(10)) == [partition: expected])
        }
        #expect(try await consumer.watermarks(partition, timeout: .seconds(10)) == Watermarks(low: 0, high: 5))
        await consumer.close()
    }

    @Test("a topic that does not exist is an error, and asking for it does not create it")
    func unknownTopic() async throws {
        let absent = unique("absent")
        let consumer = try reader()
        for _ in 0..<2 {
            let error = await failure { _ = try await consumer.partitions(of: absent, timeout: .seconds(10)) }
            #expect(error?.code == .unknownTopicOrPartition)
        }
        let topic = try await Broker.topic(partitions: 3)
        #expect(try await consumer.partitions(of: topic, timeout: .seconds(10)) == [0, 1, 2])
        await consumer.close()
        let admin = try AdminClient(Broker.configuration, logger: .quiet)
        let metadata = try await admin.metadata(topics: [absent, topic], timeout: .seconds(10))
        #expect(metadata.topics.map(\.name) == [topic])
        #expect(metadata.topic(topic)?.partitions.map(\.id) == [0, 1, 2])
        #expect(metadata.brokers.contains { $0.id == metadata.controller })
        #expect(metadata.id?.isEmpty == false)
        await admin.close()
    }

    @Test("topics are created with their configuration, once, and deleted")
    func topics() async throws {
        let admin = try AdminClient(Broker.configuration, logger: .quiet)
        let name = unique("topic")
        let new = NewTopic(name, partitions: 2, configuration: ["cleanup.policy": "compact"])
        #expect(try await admin.createTopics([new], timeout: .seconds(20)) == [name: nil])
        let again = try await admin.createTopics([new], timeout: .seconds(20))
        #expect(again[name]??.code == .topicAlreadyExists)
        let nonsense = NewTopic(unique("topic"), partitions: 1, configuration: ["cleanup.policy": "nonsense"])
        let refused = try await admin.createTopics([nonsense], timeout: .seconds(20))
        #expect(refused[nonsense.name]??.code == .invalidConfiguration)
        #expect(try await admin.deleteTopics([name], timeout: .seconds(20)) == [name: nil])
        try await eventually("it is gone") {
            try await admin.metadata(topics: [name], timeout: .seconds(10)).topics.isEmpty
        }
        await admin.close()
    }
}

/// Kafka's `Utils.murmur2`, written from its description to check librdkafka's by.
private func javaMurmur2(_ data: [UInt8]) -> Int32 {
    let m: UInt32 = 0x5bd1_e995
    var h: UInt32 = 0x9747_b28c ^ UInt32(data.count)
    let words = data.count / 4
    for word in 0..<words {
        var k = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[word * 4 + $1]) << (8 * UInt32($1)) }
        k &*= m
        k ^= k >> 24
        k &*= m
        h &*= m
        h ^= k
    }
    let rest = Array(data[(words * 4)...])
    for (index, byte) in rest.enumerated() { h ^= UInt32(byte) << (8 * UInt32(index)) }
    if !rest.isEmpty { h &*= m }
    h ^= h >> 13
    h &*= m
    h ^= h >> 15
    return Int32(bitPattern: h)
}
