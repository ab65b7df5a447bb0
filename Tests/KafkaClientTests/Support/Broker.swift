import Foundation
import KafkaClient
import Logging

/// The broker that the suites tagged for one talk to, from the environment.
enum Broker {
    static let servers = ProcessInfo.processInfo.environment["FERRY_BROKERS"]
    static var isAvailable: Bool { servers?.isEmpty == false }

    static var configuration: KafkaConfiguration { configuration() }

    static func configuration(_ properties: [String: String] = [:]) -> KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: servers ?? "", clientID: "kafka-client-tests",
            properties: ["socket.timeout.ms": "10000"].merging(properties) { $1 }
        )
    }

    /// A topic of the calling test alone. It keeps records of any age: brokers drop those that
    /// are older than the retention time, and the tests write old ones.
    static func topic(
        partitions: Int32 = 1,
        configuration: [String: String] = [:],
        _ name: String = unique("topic")
    ) async throws -> String {
        let admin = try AdminClient(Self.configuration, logger: .quiet)
        let outcome = try await admin.createTopics(
            [NewTopic(
                name, partitions: partitions,
                configuration: ["retention.ms": "-1"].merging(configuration) { $1 }
            )],
            timeout: .seconds(20)
        )
        await admin.close()
        if let error = outcome[name] ?? nil { throw error }
        return name
    }
}

/// A name that no other test, and no earlier run on the same broker, has used.
func unique(_ prefix: String) -> String {
    "\(prefix)-\(UUID().uuidString.lowercased())"
}

extension Logger {
    /// Errors only: a test that provokes trouble would drown the report in its log.
    static var quiet: Logger {
        var logger = Logger(label: "kafka-client-tests")
        logger.logLevel = .error
        return logger
    }
}

extension Logger {
    /// For what provokes errors on purpose.
    static var silent: Logger { Logger(label: "kafka-client-tests") { _ in SwiftLogNoOpLogHandler() } }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
