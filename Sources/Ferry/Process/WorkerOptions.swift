import ArgumentParser
import EventContracts
import Foundation
import KafkaClient
import Logging
import ServiceLifecycle

/// The command line of a service: what every worker takes, from flags or the environment. A flag wins.
public struct WorkerOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Brokers to connect to (FERRY_BROKERS).")
    public var brokers: String = Self.environment("FERRY_BROKERS") ?? "127.0.0.1:9092"

    @Option(help: "Name of this worker, unique among the workers of its service (FERRY_INSTANCE).")
    public var instance: String?

    @Option(help: "Stands before every topic and group name (FERRY_TOPIC_PREFIX).")
    public var topicPrefix: String = Self.environment("FERRY_TOPIC_PREFIX") ?? ""

    @Option(help: "The most records in one transaction.")
    public var maxBatch: Int = 500

    @Option(name: [.customShort("X"), .customLong("property")], help: "A librdkafka property, name=value; repeatable.")
    public var properties: [String] = []

    @Option(help: "trace, debug, info, notice, warning, error or critical (FERRY_LOG_LEVEL).")
    public var logLevel: String = Self.environment("FERRY_LOG_LEVEL") ?? "info"

    public init() {}

    public func validate() throws {
        guard maxBatch > 0 else { throw ValidationError("--max-batch must be at least 1, not \(maxBatch)") }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level \(logLevel) is none of trace, debug, info, notice, warning, error, critical")
        }
        for property in properties where !property.contains("=") {
            throw ValidationError("-X \(property): write it as name=value")
        }
    }

    /// Runs a worker of a service until SIGTERM or SIGINT.
    ///
    /// - Throws: ``WorkerError``.
    public func run<Handler: EventHandler, Performer: EffectPerformer>(
        _ handler: Handler, performer: Performer
    ) async throws where Performer.Contract == Handler.Contract {
        var logger = Logger(label: "\(Handler.Contract.manifest.name)-service", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        if let instance = workerName { logger[metadataKey: "instance"] = "\(instance)" }
        let worker = Worker(handler, performer: performer, configuration: workerConfiguration, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }

    private var workerName: String? { instance ?? Self.environment("FERRY_INSTANCE") }

    var workerConfiguration: WorkerConfiguration {
        let named = properties.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
        let kafka = KafkaConfiguration(
            bootstrapServers: brokers,
            clientID: workerName.map { "ferry-\($0)" } ?? "ferry",
            properties: Dictionary(named.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
        )
        var configuration = WorkerConfiguration(kafka: kafka, instance: workerName)
        configuration.topicPrefix = topicPrefix
        configuration.maximumBatch = maxBatch
        return configuration
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
