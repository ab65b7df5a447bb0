import KafkaClient

/// Reads a range of a topic from outside any group: it commits nothing and moves nobody's offsets.
struct RangeReader {
    let options: BrokerOptions

    /// Hands on the records of the range, each partition in its order, until the range is read or `body` says to stop.
    ///
    /// - Parameter follow: go on at the end with what is still to come.
    func read(
        topic: String, partitions: [Int32], from: Bound, to: Bound, follow: Bool,
        prepare: (TopicRange) throws -> Void = { _ in },
        _ body: (ConsumedRecord) async throws -> Bool
    ) async throws {
        let consumer: Consumer
        do {
            var configuration = ConsumerConfiguration(
                options.kafka, groupID: nil, isolation: .readCommitted, reportsEndOfPartition: true)
            if !follow { configuration.maximumFetchWait = .milliseconds(10) }
            consumer = try Consumer(configuration, logger: options.logger)
        } catch {
            throw CommandFailure.usage("\(error)")
        }
        do {
            try await read(consumer, topic, partitions, from, to, follow, prepare, body)
            await consumer.close()
        } catch let error as KafkaError {
            await consumer.close()
            throw CommandFailure.broker(error, while: "reading \(topic)")
        } catch {
            await consumer.close()
            throw error
        }
    }

    private func read(
        _ consumer: Consumer, _ topic: String, _ partitions: [Int32], _ from: Bound, _ to: Bound, _ follow: Bool,
        _ prepare: (TopicRange) throws -> Void, _ body: (ConsumedRecord) async throws -> Bool
    ) async throws {
        let range = try await TopicRange.resolve(
            topic: topic, partitions: partitions, from: from, to: to, consumer: consumer, timeout: options.patience)
        try prepare(range)
        var open = Set(range.bounds.filter { follow || !$0.value.isEmpty }.keys)
        guard !open.isEmpty else { return }
        try consumer.assign(
            Dictionary(uniqueKeysWithValues: open.map { ($0, .at(range.bounds[$0]?.lowerBound ?? 0)) }))
        while !open.isEmpty {
            try Task.checkCancellation()
            let batch = try await consumer.poll(maxRecords: 1_000, timeout: .milliseconds(250))
            for record in batch.records {
                let partition = TopicPartition(record.topic, record.partition)
                let end = range.bounds[partition]?.upperBound ?? 0
                if follow || record.offset < end {
                    guard try await body(record) else { return }
                }
                if !follow, record.offset + 1 >= end { open.remove(partition) }
            }
            // The end of a partition may be a control record, which no reader sees: the notice tells.
            guard !follow else { continue }
            for (partition, next) in batch.endOfPartitions where next >= range.bounds[partition]?.upperBound ?? 0 {
                open.remove(partition)
            }
        }
    }
}
