import Foundation
import KafkaClient
import Logging
import Testing

@testable import EmbeddedKafka

/// The broker that a behaviour is asked of: one of this project's own, in the test's process, and the one that `FERRY_BROKERS` names.
enum Kafka: Sendable, CustomTestStringConvertible {
    case embedded
    case foreign(String)

    static let all: [Kafka] = {
        let servers = ProcessInfo.processInfo.environment["FERRY_BROKERS"] ?? ""
        return servers.isEmpty ? [.embedded] : [.embedded, .foreign(servers)]
    }()

    /// For what a broker does only with settings that the test can't give to a foreign one. The run says so.
    static func embeddedOnly(because reason: String) -> [Kafka] {
        if all.count > 1 { print("KafkaBehaviour: not asked of FERRY_BROKERS: \(reason)") }
        return [.embedded]
    }

    var testDescription: String { if case .foreign(let servers) = self { servers } else { "EmbeddedKafka" } }

    /// Runs `body` with what it needs to ask this broker, all of which ends with it.
    func ask(_ body: (Asking) async throws -> Void) async throws {
        let broker: EmbeddedKafka? = if case .embedded = self { try await .start() } else { nil }
        let servers = if case .foreign(let servers) = self { servers } else { broker?.bootstrapServers ?? "" }
        let asking = try Asking(servers: servers, embedded: broker)
        do {
            try await body(asking)
        } catch {
            await asking.admin.close()
            try? await broker?.stop()
            throw error
        }
        await asking.admin.close()
        try await broker?.stop()
    }
}

/// A broker, and the clients of librdkafka that a test asks it with.
struct Asking: Sendable {
    /// Long enough for a slow machine, and for a broker that compacts every 15 seconds.
    static let patience = Duration.seconds(90)

    let servers: String
    /// `nil` for a foreign one.
    let embedded: EmbeddedKafka?
    let admin: AdminClient

    init(servers: String, embedded: EmbeddedKafka?) throws {
        self.servers = servers
        self.embedded = embedded
        admin = try AdminClient(KafkaConfiguration(bootstrapServers: servers), logger: .silent)
    }

    var configuration: KafkaConfiguration { KafkaConfiguration(bootstrapServers: servers, clientID: "behaviour") }

    func configuration(_ properties: [String: String]) -> KafkaConfiguration {
        KafkaConfiguration(bootstrapServers: servers, clientID: "behaviour", properties: properties)
    }

    /// A topic of the test's own, which keeps records of any age.
    func topic(partitions: Int32 = 1, _ settings: [String: String] = [:]) async throws -> String {
        let name = "behaviour-\(UUID().uuidString.lowercased())"
        let topic = NewTopic(name, partitions: partitions, configuration: ["retention.ms": "-1"].merging(settings) { $1 })
        if let error = try await admin.createTopics([topic], timeout: Self.patience)[name] ?? nil { throw error }
        return name
    }

    func group() -> String { "behaviour-\(UUID().uuidString.lowercased())" }

    /// Sends all records, and returns when they are in the log.
    func produce(_ records: [ProducerRecord], _ properties: [String: String] = [:]) async throws {
        let producer = try Producer(configuration(properties), logger: .silent)
        for record in records { try await producer.enqueue(record) }
        try await producer.flush(timeout: Self.patience)
        await producer.close()
    }

    /// All records of a partition from an offset to what its end is for the reader.
    func read(_ partition: TopicPartition, from start: StartOffset = .earliest, _ isolation: Isolation = .readCommitted) async throws
        -> [ConsumedRecord]
    {
        let consumer = try Consumer(
            ConsumerConfiguration(configuration, groupID: nil, isolation: isolation, reportsEndOfPartition: true), logger: .silent)
        try consumer.assign([partition: start])
        var records: [ConsumedRecord] = []
        try await eventually {
            let batch = try await consumer.poll(maxRecords: 10_000, timeout: .milliseconds(200))
            records += batch.records
            return !batch.endOfPartitions.isEmpty
        }
        await consumer.close()
        return records
    }

    func values(_ partition: TopicPartition, _ isolation: Isolation = .readCommitted) async throws -> [String] {
        try await read(partition, isolation).map { String(decoding: $0.value ?? [], as: UTF8.self) }
    }

    func watermarks(_ partition: TopicPartition) async throws -> Watermarks {
        let consumer = try Consumer(ConsumerConfiguration(configuration, groupID: nil), logger: .silent)
        let watermarks = try await consumer.watermarks(partition, timeout: Self.patience)
        await consumer.close()
        return watermarks
    }

    func transactional(_ id: String) async throws -> TransactionalProducer {
        // What is asked while a transaction is open may take longer than the ten seconds of a worker.
        var configuration = configuration
        configuration.properties["transaction.timeout.ms"] = "120000"
        let producer = try TransactionalProducer(configuration, transactionalID: id, logger: .silent)
        try await producer.initialize(timeout: Self.patience)
        return producer
    }

    /// Speaks to the broker that leads a partition, message by message.
    func raw(_ topic: String) async throws -> RawClient {
        let cluster = try await admin.metadata(topics: [topic], timeout: Self.patience)
        let leader = cluster.topic(topic)?.partitions.first?.leader
        let broker = try #require(cluster.brokers.first { $0.id == leader })
        return try await RawClient.connect(host: broker.host, port: Int(broker.port))
    }
}

/// The error that `body` ends with.
func failure<R>(_ body: () async throws(KafkaError) -> R) async -> KafkaError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension Logger {
    /// A test that provokes trouble would drown the report in its log.
    static var silent: Logger { Logger(label: "behaviour") { _ in SwiftLogNoOpLogHandler() } }
}

extension TopicPartition {
    func record(_ value: String?, key: String? = nil, timestamp: Int64? = nil) -> ProducerRecord {
        ProducerRecord(
            topic: topic, partition: partition, key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }, timestamp: timestamp)
    }
}
