/// The topics that a set of services needs, with their settings: derived from the manifests, and written down nowhere else.
///
/// Changelogs are compacted, everything else is deleted by age. All have the same number of partitions, because partition i of all
/// topics of a service belongs together; only the topic to which workers announce themselves has one.
public struct TopicPlan: Sendable, Hashable {
    public struct Topic: Sendable, Hashable {
        public var name: String
        public var partitions: Int
        public var replication: Int
        /// Kafka's names, for example `cleanup.policy`.
        public var configuration: [String: String]

        public init(name: String, partitions: Int, replication: Int, configuration: [String: String]) {
            self.name = name
            self.partitions = partitions
            self.replication = replication
            self.configuration = configuration
        }
    }

    /// Sorted by name; each once.
    public let topics: [Topic]

    public init(_ manifests: [ServiceManifest], partitions: Int, replication: Int) {
        var compacted: Set<String> = []
        var deleted: Set<String> = []
        for manifest in manifests {
            compacted.insert(manifest.changelogTopic)
            deleted.formUnion(manifest.inputTopics + manifest.outputTopics + [manifest.deadLetterTopic])
        }
        // A service that reads the changelog of another: the owner's setting holds.
        deleted.subtract(compacted)
        func topic(_ name: String, _ policy: String, _ partitions: Int) -> Topic {
            Topic(name: name, partitions: partitions, replication: replication, configuration: ["cleanup.policy": policy])
        }
        topics = (deleted.map { topic($0, "delete", partitions) } + compacted.map { topic($0, "compact", partitions) }
            + [topic(ContractAnnouncement.topic, "compact", 1)])
            .sorted { $0.name < $1.name }
    }
}
