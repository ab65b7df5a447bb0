import EventContracts
import Foundation
import KafkaClient
import Logging
import ServiceLifecycle

@testable import Ferry

/// Topics of its own for one service under test, and the hands to feed it and to see what it writes.
struct ServiceBench<Contract: ServiceContract>: Sendable {
    static var brokers: String? { ProcessInfo.processInfo.environment["FERRY_BROKERS"] }

    let topics: ServiceTopics
    let kafka: KafkaConfiguration
    let logger: Logger

    /// - Parameter announcements: whether there is a topic for what workers announce.
    init(_ contract: Contract.Type, partitions: Int = 2, announcements: Bool = true) async throws {
        let prefix = "t-\(UUID().uuidString.prefix(8).lowercased())."
        topics = ServiceTopics(Contract.manifest, prefix: prefix)
        kafka = KafkaConfiguration(bootstrapServers: Self.brokers ?? "", clientID: "ferry-tests")
        var logger = Logger(label: "ferry-tests") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        self.logger = logger
        let plan = TopicPlan([Contract.manifest], partitions: partitions, replication: 1)
        try await create(plan.topics.filter { announcements || $0.name != ContractAnnouncement.topic })
    }

    private func create(_ planned: [TopicPlan.Topic]) async throws {
        let admin = try AdminClient(kafka, logger: logger)
        let new = planned.map {
            NewTopic(
                name: topics.physical($0.name), partitions: Int32($0.partitions), replication: 1,
                configuration: $0.configuration)
        }
        let results = try await admin.createTopics(new, timeout: .seconds(15))
        await admin.close()
        for case let error? in results.values { throw error }
    }

    func configuration(instance: String = "1") -> WorkerConfiguration {
        var configuration = WorkerConfiguration(kafka: kafka, instance: instance)
        configuration.topicPrefix = topics.prefix
        configuration.shutdownGrace = .milliseconds(200)
        return configuration
    }

    /// Runs a worker while `body` runs, then shuts it down gracefully and hands on what it throws.
    func whileRunning<Handler: EventHandler, Performer: EffectPerformer>(
        _ handler: Handler, performer: Performer, instance: String = "1", _ body: () async throws -> Void
    ) async throws where Handler.Contract == Contract, Performer.Contract == Contract {
        let worker = Worker(handler, performer: performer, configuration: configuration(instance: instance), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)], logger: logger))
        async let run: Void = group.run()
        do {
            try await body()
        } catch {
            await group.triggerGracefulShutdown()
            try? await run
            throw error
        }
        await group.triggerGracefulShutdown()
        try await run
    }

    /// Publishes an event as a client would; returns when it is acknowledged.
    func send(_ type: String, _ data: String, to topic: String, key: String) async throws {
        let event = CloudEvent(
            id: DerivedID.random(), source: "/test", type: type, partitionKey: key, data: Array(data.utf8))
        try await send(
            ProducerRecord(
                topic: topics.physical(topic), key: Array(key.utf8), value: event.data,
                headers: event.headers().map { KafkaHeader($0.name, $0.value) }))
    }

    func send(_ record: ProducerRecord) async throws {
        let producer = try Producer(kafka, logger: logger)
        do {
            _ = try await producer.send(record)
        } catch {
            await producer.close()
            throw error
        }
        await producer.close()
    }

    /// Reads a topic from its beginning until it has given `count` records; fewer if that takes too long.
    func read(_ topic: String, count: Int, within deadline: Duration = .seconds(30)) async throws -> [ConsumedRecord] {
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: nil), logger: logger)
        var records: [ConsumedRecord] = []
        do {
            let name = topics.physical(topic)
            let partitions = try await consumer.partitions(of: name, timeout: .seconds(15))
            try consumer.assign(
                Dictionary(uniqueKeysWithValues: partitions.map { (TopicPartition(name, $0), .earliest) }))
            let end = ContinuousClock.now + deadline
            while records.count < count, .now < end {
                records += try await consumer.poll(maxRecords: 100, timeout: .milliseconds(100)).records
            }
        } catch {
            await consumer.close()
            throw error
        }
        await consumer.close()
        return records
    }
}

extension ConsumedRecord {
    var type: String? { header("ce_type") }

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }
}
