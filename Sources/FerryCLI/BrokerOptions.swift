import ArgumentParser
import Foundation
import KafkaClient
import Logging

/// What every verb that speaks to a broker takes.
struct BrokerOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Brokers, host:port, separated by commas (FERRY_BROKERS).")
    var brokers: String = ProcessInfo.processInfo.environment["FERRY_BROKERS"] ?? "127.0.0.1:9092"

    @Option(name: [.customShort("X"), .customLong("property")], help: "A librdkafka property, name=value; repeatable.")
    var properties: [String] = []

    @Option(help: "Stands before every topic name (FERRY_TOPIC_PREFIX).")
    var topicPrefix: String = ProcessInfo.processInfo.environment["FERRY_TOPIC_PREFIX"] ?? ""

    @Option(help: "Seconds to wait for the broker.")
    var timeout: Int = 15

    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        for property in properties where !property.contains("=") {
            // The text may hold a secret: it isn't repeated.
            throw ValidationError("a property is written as name=value")
        }
        guard timeout > 0 else { throw ValidationError("--timeout must be at least 1 second") }
    }

    var patience: Duration { .seconds(timeout) }

    var kafka: KafkaConfiguration {
        let pairs = properties.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
        return KafkaConfiguration(
            bootstrapServers: brokers, clientID: "ferry-cli",
            properties: Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 }))
    }

    /// librdkafka repeats what its errors say; a person reads the error once.
    var logger: Logger { Logger(label: "ferry") { _ in SwiftLogNoOpLogHandler() } }

    func physical(_ topic: String) -> String { topicPrefix + topic }
}
