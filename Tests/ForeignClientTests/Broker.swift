import Foundation
import KafkaClient
import Logging

/// The broker that the clients are held against, from the environment.
enum Broker {
    static let servers = ProcessInfo.processInfo.environment["FERRY_BROKERS"]
    static var isAvailable: Bool { servers?.isEmpty == false }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A topic that no other test, and no earlier run on the same broker, has used.
    static func topic(partitions: Int32 = 1) async throws -> String {
        let name = unique("topic")
        let admin = try AdminClient(
            KafkaConfiguration(bootstrapServers: servers ?? "", clientID: "foreign-client-tests"),
            logger: Logger(label: "foreign-client-tests") { _ in SwiftLogNoOpLogHandler() })
        let outcome = try await admin.createTopics([NewTopic(name, partitions: partitions)], timeout: .seconds(30))
        await admin.close()
        if let error = outcome[name] ?? nil { throw error }
        return name
    }

    static func unique(_ kind: String) -> String { "foreign-\(kind)-\(UUID().uuidString.lowercased())" }

    /// Milliseconds since the epoch. Records of another age would be past retention.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
