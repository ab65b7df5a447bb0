/// The topics that a set of services needs, with their settings.
public struct TopicPlan: Sendable, Hashable {
    public struct Topic: Sendable, Hashable {
        public var name: String
        public var partitions: Int
        public var replication: Int
        public var configuration: [String: String]
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
        topics = (deleted.map { ($0, "delete") } + compacted.map { ($0, "compact") })
            .sorted { $0.0 < $1.0 }
            .map { name, policy in
                Topic(name: name, partitions: partitions, replication: replication, configuration: ["cleanup.policy": policy])
            }
    }
}
