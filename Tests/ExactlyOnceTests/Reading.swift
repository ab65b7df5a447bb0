import KafkaClient
import Logging

/// The verdict's own view of what came out: a consumer of its own, from the first record to the last.
struct Reading {
    private let kafka: KafkaConfiguration
    private let topic: String
    private let partitions: Int32

    init(_ kafka: KafkaConfiguration, topic: String, partitions: Int32) {
        self.kafka = kafka
        self.topic = topic
        self.partitions = partitions
    }

    /// - Parameter ids: the transactional ids of all workers. A successor ends what they have left open, which would hide the rest.
    func tally(settling ids: [String]) async throws -> Tally {
        for id in ids {
            let successor = try TransactionalProducer(kafka, transactionalID: id, logger: .quiet)
            try await successor.initialize(timeout: .seconds(60))
            await successor.close()
        }
        let consumer = try Consumer(
            ConsumerConfiguration(kafka, groupID: nil, isolation: .readCommitted, reportsEndOfPartition: true), logger: .quiet)
        var tally = Tally()
        var open = Set((0..<partitions).map { TopicPartition(topic, $0) })
        try consumer.assign(Dictionary(uniqueKeysWithValues: open.map { ($0, .earliest) }))
        while !open.isEmpty {
            let batch = try await consumer.poll(maxRecords: 5_000, timeout: .seconds(1))
            for record in batch.records { tally.note(record) }
            open.subtract(batch.endOfPartitions.keys)
        }
        await consumer.close()
        return tally
    }
}
