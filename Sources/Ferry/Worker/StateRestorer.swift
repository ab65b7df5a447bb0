import EventContracts
import KafkaClient
import Logging

/// Reads a service's changelog from its beginning to its end, partition by partition, and folds it into the
/// state of each key.
struct StateRestorer<Contract: ServiceContract>: Sendable {
    let kafka: KafkaConfiguration
    let topic: String
    let timeout: Duration
    let logger: Logger

    /// The last state of every key of each of these partitions.
    ///
    /// Waits out a transaction that another worker left open: its end decides what the state is. The end of a partition is
    /// its high watermark, which may be a control record that no consumer ever sees, so positions count, not records.
    func restore(_ partitions: [Int32]) async throws -> [Int32: [String: KeyState<Contract>]] {
        var restored: [Int32: [String: KeyState<Contract>]] = [:]
        for partition in partitions { restored[partition] = [:] }
        var ends = try await highWatermarks(partitions)
        guard !ends.isEmpty else { return restored }

        var configuration = ConsumerConfiguration(kafka, groupID: nil, isolation: .readCommitted, reportsEndOfPartition: true)
        configuration.maximumFetchWait = .milliseconds(10)
        let consumer = try Consumer(configuration, logger: logger)
        do {
            try consumer.assign(Dictionary(uniqueKeysWithValues: ends.keys.map { (TopicPartition(topic, $0), .earliest) }))
            while !ends.isEmpty {
                let batch = try await consumer.poll(maxRecords: 1_000, timeout: .seconds(1))
                for record in batch.records {
                    try apply(record, to: &restored)
                    if let end = ends[record.partition], record.offset + 1 >= end { ends[record.partition] = nil }
                }
                for (partition, next) in batch.endOfPartitions {
                    if let end = ends[partition.partition], next >= end { ends[partition.partition] = nil }
                }
                try Task.checkCancellation()
            }
        } catch {
            await consumer.close()
            throw error
        }
        await consumer.close()
        return restored
    }

    /// Where each partition that holds anything ends, open transactions included.
    private func highWatermarks(_ partitions: [Int32]) async throws -> [Int32: Int64] {
        let reader = try Consumer(
            ConsumerConfiguration(kafka, groupID: nil, isolation: .readUncommitted), logger: logger)
        do {
            var ends: [Int32: Int64] = [:]
            for partition in partitions {
                let watermarks = try await reader.watermarks(TopicPartition(topic, partition), timeout: timeout)
                if watermarks.high > watermarks.low { ends[partition] = watermarks.high }
            }
            await reader.close()
            return ends
        } catch {
            await reader.close()
            throw error
        }
    }

    private func apply(_ record: ConsumedRecord, to restored: inout [Int32: [String: KeyState<Contract>]]) throws {
        let position = Position(topic: record.topic, partition: record.partition, offset: record.offset)
        guard let key = record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else {
            throw WorkerError.unreadableState("\(position): a changelog record without a key was not written by this service")
        }
        guard let value = record.value else {
            restored[record.partition]?[key] = nil
            return
        }
        do {
            restored[record.partition]?[key] = try Changelog<Contract>().decode(value)
        } catch {
            throw WorkerError.unreadableState(
                "\(position): what is kept of \(key) can't be read by \(Contract.manifest.name) \(Contract.manifest.version): \(error). "
                    + "Start the version that wrote it, or one whose manifest names that version of the state too; "
                    + "`ferry contracts check --history \(Contract.manifest.changelogTopic)` counts what is affected")
        }
    }
}
