import ArgumentParser
import KafkaClient
import Logging

/// Consuming, producing and committing both in one transaction per batch.
struct TransactionWork {
    let job: Job
    private let logger = Logger(label: "client-benchmark")
    private static let timeout = Duration.seconds(30)

    func run() async throws -> Measurement {
        guard let output = job.output, job.batch > 0 else { throw ValidationError("transactions need OUTPUT and BATCH") }
        let kafka = KafkaConfiguration(bootstrapServers: job.brokers)
        let producer = try TransactionalProducer(kafka, transactionalID: "client-benchmark-\(output)", logger: logger)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "client-benchmark-\(output)"), logger: logger)
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
        var next: [TopicPartition: Int64] = [:]
        var records: [ConsumedRecord] = []
        while records.count < job.batch {
            records += try await consumer.poll(maxRecords: job.batch - records.count, timeout: .milliseconds(100)).records
        }
        try producer.begin()
        for record in records {
            try await producer.enqueue(
                ProducerRecord(topic: output, partition: record.partition, key: record.key, value: record.value))
            next[record.topicPartition] = record.offset + 1
        }
        try await producer.sendOffsets(next, group: consumer.groupMetadata(), timeout: Self.timeout)
        try await producer.commit(timeout: Self.timeout)
    }
}
