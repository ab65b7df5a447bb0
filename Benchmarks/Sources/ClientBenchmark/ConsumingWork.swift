import ArgumentParser
import KafkaClient
import Logging

/// Consuming in batches, every byte of key and value looked at.
struct ConsumingWork {
    let job: Job

    private struct Seen {
        var count = 0
        var sum: UInt64 = 0
        var started = Stopwatch()
    }

    func run() async throws -> Measurement {
        let consumer = try Consumer(
            ConsumerConfiguration(KafkaConfiguration(bootstrapServers: job.brokers), groupID: nil), logger: .errors)
        try consumer.assign(
            Dictionary(uniqueKeysWithValues: (0..<Job.partitions).map { (TopicPartition(job.topic, $0), .earliest) }))
        var stopwatch: Stopwatch?
        var seen = 0
        var sum: UInt64 = 0
        while seen < job.records {
            guard let batch = try await job.copies ? copied(from: consumer) : shown(by: consumer) else { continue }
            // The clock starts with the first batch.
            stopwatch = stopwatch ?? batch.started
            seen += batch.count
            sum &+= batch.sum
        }
        // The sum is used: else the compiler need not read the bytes.
        guard sum > 0, let measurement = stopwatch?.read(records: seen) else { throw ValidationError("there are no records to read") }
        await consumer.close()
        return measurement
    }

    private func shown(by consumer: Consumer) async throws -> Seen? {
        try await consumer.withBatch(maxRecords: 1000, timeout: .milliseconds(100)) { batch in
            var seen = Seen(count: batch.count)
            batch.forEach { record in
                record.withKey { seen.sum &+= Self.sum(of: $0) }
                record.withValue { seen.sum &+= Self.sum(of: $0) }
            }
            return seen
        }
    }

    private func copied(from consumer: Consumer) async throws -> Seen? {
        let records = try await consumer.poll(maxRecords: 1000, timeout: .milliseconds(100)).records
        guard !records.isEmpty else { return nil }
        var seen = Seen(count: records.count)
        for record in records {
            seen.sum &+= Self.sum(of: record.key?.span)
            seen.sum &+= Self.sum(of: record.value?.span)
        }
        return seen
    }

    private static func sum(of bytes: Span<UInt8>?) -> UInt64 {
        guard let bytes else { return 0 }
        var sum: UInt64 = 0
        for index in bytes.indices { sum &+= UInt64(bytes[index]) }
        return sum
    }
}
