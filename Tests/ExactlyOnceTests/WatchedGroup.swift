import KafkaClient
import Logging

/// The workers' topics and group, as an administrator sees them. What the broker can't tell just now, while it is down, is `nil`.
struct WatchedGroup {
    private let admin: AdminClient
    private let names: RunNames
    private let partitions: Int32
    private let timeout: Duration

    init(_ kafka: KafkaConfiguration, names: RunNames, partitions: Int32, timeout: Duration) throws {
        admin = try AdminClient(kafka, logger: .quiet)
        self.names = names
        self.partitions = partitions
        self.timeout = timeout
    }

    func createTopics() async throws {
        let topics = [names.source, names.target].map { NewTopic($0, partitions: partitions) }
        for (topic, error) in try await admin.createTopics(topics, timeout: timeout) {
            if let error { throw ChaosFailure("\(topic): \(error)") }
        }
    }

    /// How many records of the source are worked off: there are no control records in it.
    func committed() async -> Int? {
        let places = (0..<partitions).map { TopicPartition(names.source, $0) }
        let offsets = try? await admin.committedOffsets(group: names.group, partitions: places, timeout: timeout)
        return offsets.map { $0.values.reduce(0) { $0 + Int($1 ?? 0) } }
    }

    /// Where that can't be told, no: whoever waits for an eviction asks again, so `false` must be an answer of the group.
    func hasMember(_ client: String) async -> Bool {
        while !Task.isCancelled {
            if let found = try? await admin.describeGroups([names.group], timeout: timeout)[names.group],
                let description = try? found.get()
            {
                return description.members.contains { $0.clientID == client }
            }
        }
        return false
    }

    func close() async { await admin.close() }
}

extension Logger {
    /// A run provokes trouble all the time.
    static var quiet: Logger { Logger(label: "exactly-once-tests") { _ in SwiftLogNoOpLogHandler() } }
}
