import KafkaClient
import Testing

extension KafkaBehaviour {
    @Test("A topic is created with its settings; a setting that is none, and a topic that is there, are refused", arguments: Kafka.all)
    func createTopics(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic(partitions: 3, ["cleanup.policy": "compact", "segment.ms": "12345"])
            let cluster = try await asking.admin.metadata(topics: [topic], timeout: Asking.patience)
            #expect(cluster.topic(topic)?.partitions.map(\.id) == [0, 1, 2])
            let described = try await asking.admin.describeConfiguration(of: [.topic(topic)], timeout: Asking.patience)
            let own = try #require(described[.topic(topic)]).get().filter { $0.source == .topic }.map { "\($0.name)=\($0.value ?? "")" }
            #expect(own.sorted() == ["cleanup.policy=compact", "retention.ms=-1", "segment.ms=12345"])
            let refused = [
                NewTopic(topic, partitions: 1), NewTopic(topic + "-2", partitions: 1, configuration: ["cleanup.policy": "shred"]),
                NewTopic(topic + "-3", partitions: 1, configuration: ["no.such.setting": "1"]), NewTopic(topic + "-4", partitions: 0),
            ]
            let outcome = try await asking.admin.createTopics(refused, timeout: Asking.patience)
            let errors = refused.map { outcome[$0.name]??.nativeName }
            #expect(errors == ["TOPIC_ALREADY_EXISTS", "INVALID_CONFIG", "INVALID_CONFIG", "INVALID_PARTITIONS"])
        }
    }

    @Test("DeleteRecords moves the low watermark, and a reader from the start begins there", arguments: Kafka.all)
    func deleteRecords(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            try await asking.produce((0..<10).map { partition.record("\($0)") })
            #expect(try await asking.admin.deleteRecords(before: [partition: 6], timeout: Asking.patience) == [partition: .success(6)])
            #expect(try await asking.watermarks(partition) == Watermarks(low: 6, high: 10))
            #expect(try await asking.values(partition) == ["6", "7", "8", "9"])
        }
    }

    @Test(
        "What is older than retention.ms, and more than retention.bytes, goes by whole segments: the low watermark moves",
        arguments: Kafka.embeddedOnly(because: "log.retention.check.interval.ms is five minutes, and nobody can move its clock"))
    func retention(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let broker = try #require(asking.embedded)
            let old = TopicPartition(try await asking.topic(["retention.ms": "3600000"]), 0)
            let large = TopicPartition(try await asking.topic(["retention.bytes": "3000", "segment.bytes": "1024"]), 0)
            try await asking.produce((0..<5).map { old.record("\($0)") })
            for _ in 0..<10 { try await asking.produce([large.record(String(repeating: "x", count: 900))]) }
            #expect(try await asking.watermarks(old) == Watermarks(low: 0, high: 5))
            try await broker.moveTime(by: .seconds(3_601))
            #expect(try await asking.watermarks(old) == Watermarks(low: 5, high: 5))
            // As many segments stay as are more than 3,000 bytes together without the oldest.
            #expect(try await asking.watermarks(large) == Watermarks(low: 6, high: 10))
        }
    }

    @Test("Compaction keeps the last record of each key at its offset, and leaves alone what is still written to", arguments: Kafka.all)
    func compaction(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let settings = ["cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.01", "segment.ms": "1000"]
            let partition = TopicPartition(try await asking.topic(settings), 0)
            let time: Int64 = 1_600_000_000_000
            try await asking.produce((0..<600).map { partition.record("\($0)", key: "k\($0 % 10)", timestamp: time) })
            // More than segment.ms later: these two begin a segment of their own.
            try await asking.produce((600..<602).map { partition.record("\($0)", key: "k0", timestamp: time + 5_000) })
            let left = Array(Int64(590)..<602)
            var found: [ConsumedRecord] = []
            try await eventually(within: Asking.patience) {
                try await asking.embedded?.moveTime(by: .zero)
                found = try await asking.read(partition)
                return found.count <= left.count
            }
            #expect(found.map(\.offset) == left)
            #expect(found.map { String(decoding: $0.value ?? [], as: UTF8.self) } == left.map { "\($0)" })
        }
    }
}
