import KafkaClient
import Logging

/// The code of the articles "Transactions" and "Errors and cancellation".
struct TransactionSnippets {
    let kafka: KafkaConfiguration
    let logger: Logger

    func readAndWrite(
        _ consumer: Consumer,
        make: @escaping @Sendable (ConsumedRecord) -> ProducerRecord
    ) async throws -> TransactionalProducer {
        @Sendable func invoice(for record: ConsumedRecord) -> ProducerRecord { make(record) }
        // snippet
        let producer = try TransactionalProducer(kafka, transactionalID: "billing-1", logger: logger)
        try await producer.initialize(timeout: .seconds(30))
        let batch = try await consumer.poll(maxRecords: 500, timeout: .seconds(1))
        let next = batch.records.reduce(into: [:]) { $0[$1.topicPartition] = $1.offset + 1 }
        try await producer.transaction(timeout: .seconds(30)) { transaction in
            for record in batch.records { try await transaction.enqueue(invoice(for: record)) }
            try await transaction.sendOffsets(next, group: consumer.groupMetadata(), timeout: .seconds(30))
        }
        // end
        return producer
    }

    func whatNow(
        _ producer: TransactionalProducer,
        _ record: ProducerRecord,
        rewind: () async -> Void,
        startOver: () async -> Void
    ) async throws {
        // snippet
        do {
            try await producer.transaction(timeout: .seconds(30)) { try await $0.enqueue(record) }
        } catch let error as KafkaError where error.requiresAbort {
            await rewind()
        } catch let error as KafkaError where error.isFatal || error.code == .outcomeUnknown {
            await producer.close()
            await startOver()
        }
        // end
    }

    func errors(
        _ producer: Producer,
        _ record: ProducerRecord,
        replaceProducer: () async throws -> Void,
        setAside: (ProducerRecord) async -> Void
    ) async throws {
        // snippet
        do {
            _ = try await producer.send(record)
        } catch where error.isFatal {
            try await replaceProducer()
        } catch where error.code == .messageTooLarge {
            await setAside(record)
        }
        // end
    }
}
