import KafkaClient
import Testing

@Suite("Records shown, not copied; and one by one", .timeLimit(.minutes(5)))
struct BorrowedBatchTests {
    let cluster: MockCluster
    let kafka: KafkaConfiguration

    init() throws {
        cluster = try MockCluster()
        try cluster.createTopic("t")
        kafka = KafkaConfiguration(bootstrapServers: cluster.bootstrapServers)
    }

    private func consumer(of records: [ProducerRecord]) async throws -> Consumer {
        let producer = try Producer(kafka, logger: .quiet)
        for record in records { try await producer.enqueue(record) }
        try await producer.flush(timeout: .seconds(20))
        await producer.close()
        let consumer = try Consumer(
            ConsumerConfiguration(kafka, groupID: nil, reportsEndOfPartition: true), logger: .quiet
        )
        try consumer.assign([TopicPartition("t", 0): .earliest])
        return consumer
    }

    @Test("a shown record has what its copy has; NULL is no span, empty an empty one")
    func shown() async throws {
        let sent = [
            ProducerRecord(topic: "t", key: nil, value: nil),
            ProducerRecord(topic: "t", key: [], value: []),
            ProducerRecord(topic: "t", key: bytes("key"), value: bytes("value"), headers: [KafkaHeader("a", "1")]),
        ]
        let consumer = try await consumer(of: sent)
        struct Shown: Equatable, Sendable {
            var key: [UInt8]?
            var value: [UInt8]?
            var copy: ConsumedRecord
        }
        var shown: [Shown] = []
        var end: Int64?
        try await eventually("the end") {
            let batch = try await consumer.withBatch(maxRecords: 10, timeout: .seconds(1)) { batch in
                var seen: [Shown] = []
                batch.forEach { record in
                    seen.append(Shown(
                        key: record.withKey(array), value: record.withValue(array), copy: record.copy()
                    ))
                    #expect(record.copy().offset == record.offset)
                    #expect((record.topic, record.partition, record.headers.count) == ("t", 0, record.copy().headers.count))
                }
                return (seen, batch.endOfPartitions[TopicPartition("t", 0)])
            }
            shown += batch?.0 ?? []
            end = batch?.1 ?? end
            return end != nil
        }
        #expect(shown.map(\.key) == sent.map(\.key))
        #expect(shown.map(\.value) == sent.map(\.value))
        #expect(shown.map(\.copy.key) == sent.map(\.key))
        #expect(shown.map(\.copy.headers) == sent.map(\.headers))
        #expect(end == 3)
        await consumer.close()
    }

    @Test("an iterator that is dropped loses no record and leaves the consumer as it is")
    func iterator() async throws {
        let consumer = try await consumer(of: (0..<6).map { ProducerRecord(topic: "t", value: bytes("\($0)")) })
        var offsets: [Int64] = []
        for _ in 0..<3 {
            for try await record in consumer.records {
                offsets.append(record.offset)
                if offsets.count % 2 == 0 { break }
            }
        }
        #expect(offsets == [0, 1, 2, 3, 4, 5])
        await consumer.close()
        for try await record in consumer.records { Issue.record("\(record) after the close") }
    }
}

private func array(_ span: Span<UInt8>?) -> [UInt8]? {
    guard let span else { return nil }
    return span.indices.map { span[$0] }
}
