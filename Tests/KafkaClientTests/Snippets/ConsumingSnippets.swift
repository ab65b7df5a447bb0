import KafkaClient
import Logging
import Synchronization

/// The code of the article "Consuming".
struct ConsumingSnippets {
    let consumer: Consumer

    func loop(handle: (ConsumedRecord) async throws -> Void) async throws {
        // snippet
        while !Task.isCancelled {
            let batch = try await consumer.poll(maxRecords: 500, timeout: .seconds(1))
            for record in batch.records { try await handle(record) }
            let next = batch.records.reduce(into: [:]) { $0[$1.topicPartition] = $1.offset + 1 }
            try await consumer.commit(next)
        }
        // end
    }

    func borrowed() async throws -> Int? {
        // snippet
        let total = try await consumer.withBatch(maxRecords: 10_000, timeout: .seconds(1)) { batch in
            var total = 0
            batch.forEach { record in total += record.withValue { $0?.count ?? 0 } }
            return total
        }
        // end
        return total
    }

    static func withoutGroup(_ kafka: KafkaConfiguration, logger: Logger) async throws -> [ConsumedRecord] {
        // snippet
        let reader = try Consumer(
            ConsumerConfiguration(kafka, groupID: nil, reportsEndOfPartition: true), logger: logger
        )
        let partitions = try await reader.partitions(of: "orders", timeout: .seconds(10))
        try reader.assign(Dictionary(uniqueKeysWithValues: partitions.map { (TopicPartition("orders", $0), .earliest) }))
        var (records, ended) = ([ConsumedRecord](), Set<TopicPartition>())
        while ended.count < partitions.count {
            let batch = try await reader.poll(maxRecords: 1_000, timeout: .seconds(1))
            records += batch.records
            ended.formUnion(batch.endOfPartitions.keys)
        }
        await reader.close()
        // end
        return records
    }
}

/// What has been dealt with.
final class Progress: Sendable {
    private let offsets = Mutex<[TopicPartition: Int64]>([:])

    func next(of partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        offsets.withLock { $0.filter { partitions.contains($0.key) } }
    }

    func note(_ record: ConsumedRecord) {
        offsets.withLock { $0[record.topicPartition] = record.offset + 1 }
    }
}

// snippet
struct CommitBeforeRevoke: RebalanceListener {
    let consumer: Consumer
    let progress: Progress

    func partitionsAssigned(_ partitions: [TopicPartition]) async throws {}

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) async throws {
        // Lost partitions are another member's already: nothing may be committed for them.
        if !lost { try await consumer.commit(progress.next(of: partitions)) }
    }
}
// end
