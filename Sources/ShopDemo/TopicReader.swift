import EventContracts
import KafkaClient
import Logging

/// Looks at the shop's topics from outside any group: nothing it does moves an offset of a service.
struct TopicReader: Sendable {
    private let kafka: KafkaConfiguration
    private let topicPrefix: String
    private let logger: Logger
    private let admin: AdminClient

    private static let timeout = Duration.seconds(15)

    init(_ kafka: KafkaConfiguration, topicPrefix: String, logger: Logger) throws {
        self.kafka = kafka
        self.topicPrefix = topicPrefix
        self.logger = logger
        admin = try AdminClient(kafka, logger: logger)
    }

    func close() async {
        await admin.close()
    }

    /// Counts everything that has been published so far.
    func books() async throws -> Books {
        var books = Books()
        for topic in ["cart.events", "order.events", "payment.events"] {
            try await read(topicPrefix + topic, from: .earliest) { record in
                let headers = record.headers.map { EventHeader($0.name, $0.value) }
                try books.note(CloudEvent(headers: headers, value: record.value))
            }
        }
        for service in Shop.Member.allCases {
            try await read(topicPrefix + service.rawValue + ".dlq", from: .earliest) { _ in books.deadLetters += 1 }
        }
        return books
    }

    /// How many records a service has still to process: records, so that the markers that end a transaction don't count.
    func remaining(_ member: Shop.Member) async throws -> Int {
        let committed = try await committed(member)
        return try await count(member, from: committed)
    }

    /// How many records a service's topics hold in all.
    func total(_ member: Shop.Member) async throws -> Int {
        try await count(member, from: [:])
    }

    /// The committed offsets of a service, summed: grows by one a record, and by the markers between them.
    func consumed(_ member: Shop.Member) async throws -> Int {
        try await committed(member).values.reduce(0) { $0 + Int($1 ?? 0) }
    }

    private func count(_ member: Shop.Member, from starts: [TopicPartition: Int64?]) async throws -> Int {
        var count = 0
        for topic in member.inputTopics {
            try await read(topicPrefix + topic, from: .earliest, starts: starts) { _ in count += 1 }
        }
        return count
    }

    private func committed(_ member: Shop.Member) async throws -> [TopicPartition: Int64?] {
        let metadata = try await admin.metadata(
            topics: member.inputTopics.map { topicPrefix + $0 }, timeout: Self.timeout)
        let partitions = metadata.topics.flatMap { topic in topic.partitions.map { TopicPartition(topic.name, $0.id) } }
        return try await admin.committedOffsets(
            group: topicPrefix + member.rawValue, partitions: partitions, timeout: Self.timeout)
    }

    /// Reads a topic to its present end, committed records only.
    func read(
        _ topic: String, from start: StartOffset, starts: [TopicPartition: Int64?] = [:],
        _ body: (ConsumedRecord) throws -> Void
    ) async throws {
        var configuration = ConsumerConfiguration(kafka, groupID: nil, isolation: .readCommitted, reportsEndOfPartition: true)
        configuration.maximumFetchWait = .milliseconds(10)
        let consumer = try Consumer(configuration, logger: logger)
        do {
            let partitions = try await consumer.partitions(of: topic, timeout: Self.timeout).map { TopicPartition(topic, $0) }
            var open = Set(partitions)
            try consumer.assign(
                Dictionary(
                    uniqueKeysWithValues: partitions.map { partition in
                        (partition, (starts[partition] ?? nil).map { .at($0) } ?? start)
                    }))
            while !open.isEmpty {
                let batch = try await consumer.poll(maxRecords: 5_000, timeout: .seconds(1))
                for record in batch.records { try body(record) }
                open.subtract(batch.endOfPartitions.keys)
            }
        } catch {
            await consumer.close()
            throw error
        }
        await consumer.close()
    }
}
