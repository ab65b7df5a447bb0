import ArgumentParser
import KafkaClient
import Logging

/// Consuming, producing and committing both in one transaction per batch.
struct TransactionWork {
    let job: Job
    private static let timeout = Duration.seconds(30)

    func run() async throws -> Measurement {
        guard let output = job.output, job.batch > 0 else { throw ValidationError("transactions need OUTPUT and BATCH") }
        let kafka = KafkaConfiguration(bootstrapServers: job.brokers)
        let producer = try TransactionalProducer(kafka, transactionalID: "client-benchmark-\(output)", logger: .errors)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "client-benchmark-\(output)"), logger: .errors)
        try await producer.initialize(timeout: Self.timeout)
        try consumer.subscribe([job.topic])

        // The first transaction waits for the group and is not timed.
        try await transact(producer, consumer, to: output)
        let stopwatch = Stopwatch()
        for _ in 0..<job.records / job.batch { try await transact(producer, consumer, to: output) }
        let measurement = stopwatch.read(records: job.records)
        await consumer.close()
        await producer.close()
        return measurement
    }

    private func transact(_ producer: TransactionalProducer, _ consumer: Consumer, to output: String) async throws {
        try producer.begin()
        var next: [TopicPartition: Int64] = [:]
        var count = 0
        while count < job.batch {
            let forwarded = try await consumer.withBatch(maxRecords: job.batch - count, timeout: .milliseconds(100)) {
                (batch) throws(KafkaError) in try Self.forward(batch, to: output, by: producer)
            }
            guard let forwarded else { continue }
            count += forwarded.count
            for (partition, offset) in forwarded.next { next[TopicPartition(job.topic, partition)] = offset }
            for record in forwarded.left {
                try await producer.enqueue(
                    ProducerRecord(topic: output, partition: record.partition, key: record.key, value: record.value))
            }
        }
        try await producer.commit(next, group: consumer.groupMetadata(), timeout: Self.timeout)
    }

    private struct Forwarded {
        var count = 0
        var next: [Int32: Int64] = [:]
        /// For which there was no room at once.
        var left: [ConsumedRecord] = []
    }

    private static func forward(
        _ batch: borrowing BorrowedBatch, to output: String, by producer: TransactionalProducer
    ) throws(KafkaError) -> Forwarded {
        var forwarded = Forwarded(count: batch.count)
        try batch.forEach { (record) throws(KafkaError) in
            forwarded.next[record.partition] = record.offset + 1
            let isQueued = try record.withKey { (key) throws(KafkaError) in
                try record.withValue { (value) throws(KafkaError) in
                    guard forwarded.left.isEmpty else { return false }
                    return try producer.enqueueIfRoom(to: output, partition: record.partition, key: key, value: value)
                }
            }
            if !isQueued { forwarded.left.append(record.copy()) }
        }
        return forwarded
    }
}
