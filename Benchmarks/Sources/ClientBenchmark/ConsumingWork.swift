import KafkaClient
import Logging

/// Consuming in batches, every byte of key and value looked at.
struct ConsumingWork {
    let job: Job

    func run() async throws -> Measurement {
        let consumer = try Consumer(
            ConsumerConfiguration(KafkaConfiguration(bootstrapServers: job.brokers), groupID: nil),
            logger: Logger(label: "client-benchmark"))
        try consumer.assign(
            Dictionary(uniqueKeysWithValues: (0..<Job.partitions).map { (TopicPartition(job.topic, $0), .earliest) }))
        // The clock starts with the first batch.
        var stopwatch = Stopwatch()
        var seen = 0
        var sum: UInt64 = 0
        while seen < job.records {
            let isFirst = seen == 0
            let batch = try await consumer.withBatch(maxRecords: 1000, timeout: .milliseconds(100)) { batch in
                let started = isFirst ? Stopwatch() : nil
                var sum: UInt64 = 0
                batch.forEach { record in
                    record.withKey { sum &+= Self.sum(of: $0) }
                    record.withValue { sum &+= Self.sum(of: $0) }
                }
                return (count: batch.count, sum: sum, started: started)
            }
            guard let batch else { continue }
            stopwatch = batch.started ?? stopwatch
            seen += batch.count
            sum &+= batch.sum
        }
        let measurement = stopwatch.read(records: seen)
        await consumer.close()
        return measurement
    }

    private static func sum(of bytes: Span<UInt8>?) -> UInt64 {
        guard let bytes else { return 0 }
        var sum: UInt64 = 0
        for index in bytes.indices { sum &+= UInt64(bytes[index]) }
        return sum
    }
}
