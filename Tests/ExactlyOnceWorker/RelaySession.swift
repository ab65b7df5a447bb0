import KafkaClient
import Logging

/// One membership of the group with one epoch of the transactional producer. Any error that isn't settled by an abort ends it: the next
/// session begins from what is committed.
struct RelaySession {
    private let options: RelayOptions
    private let consumer: Consumer
    private let producer: TransactionalProducer
    private let logger: Logger

    private static let timeout = Duration.seconds(20)

    init(_ options: RelayOptions, logger: Logger) throws {
        self.options = options
        self.logger = logger
        let kafka = KafkaConfiguration(
            bootstrapServers: options.brokers, clientID: options.name,
            properties: ["reconnect.backoff.max.ms": "500"])
        var configuration = ConsumerConfiguration(kafka, groupID: options.group)
        configuration.sessionTimeout = RelayOptions.sessionTimeout
        consumer = try Consumer(configuration, logger: logger)
        producer = try TransactionalProducer(kafka, transactionalID: options.name, logger: logger)
    }

    func run(_ fuse: inout Fuse) async throws {
        do {
            try await producer.initialize(timeout: Self.timeout)
            try consumer.subscribe([options.source])
            while true {
                let records = try await consumer.poll(maxRecords: RelayOptions.maximumBatch, timeout: .seconds(1)).records
                guard !records.isEmpty else { continue }
                do {
                    try await relay(records, &fuse)
                } catch let error as KafkaError where error.requiresAbort {
                    logger.notice("aborted, reading the batch again", metadata: ["error": "\(error)"])
                    try await rewind(records)
                }
            }
        } catch {
            await producer.close()
            await consumer.close()
            throw error
        }
    }

    /// The records and their offsets, all or nothing; or, with a defect, not quite.
    private func relay(_ records: [ConsumedRecord], _ fuse: inout Fuse) async throws {
        fuse.beginBatch()
        fuse.pass(.polled)
        var next: [TopicPartition: Int64] = [:]
        for record in records { next[record.topicPartition] = record.offset + 1 }
        if options.defect == .offsetsBeforehand { try await consumer.commit(next) }
        try producer.begin()
        do throws(KafkaError) {
            for record in records {
                try await producer.enqueue(
                    ProducerRecord(topic: options.target, partition: record.partition, key: record.key, value: record.value))
            }
            fuse.pass(.produced)
            if options.defect == nil {
                try await producer.sendOffsets(next, group: try consumer.groupMetadata(), timeout: Self.timeout)
            }
            fuse.pass(.offsetsSent)
            try await producer.commit(timeout: Self.timeout)
        } catch {
            if error.requiresAbort { try await producer.abort(timeout: Self.timeout) }
            throw error
        }
        fuse.pass(.committed)
        if options.defect == .offsetsAfterwards { try await consumer.commit(next) }
    }

    /// Back to the start of a batch that didn't happen, as far as its partitions are still this member's.
    private func rewind(_ records: [ConsumedRecord]) async throws {
        var starts: [TopicPartition: Int64] = [:]
        for record in records { starts[record.topicPartition] = min(starts[record.topicPartition] ?? .max, record.offset) }
        let owned = Set(try consumer.assignment())
        for (partition, offset) in starts where owned.contains(partition) {
            try await consumer.seek(partition, to: offset, timeout: Self.timeout)
        }
    }
}
