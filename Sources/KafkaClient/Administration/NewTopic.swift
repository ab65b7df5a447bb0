/// A topic to be created.
public struct NewTopic: Sendable, Hashable {
    public var name: String
    /// -1 takes the broker's default (`num.partitions`).
    public var partitions: Int32
    /// -1 takes the broker's default (`default.replication.factor`).
    public var replication: Int16
    /// Topic configuration by name, such as `cleanup.policy`.
    public var configuration: [String: String]

    public init(
        _ name: String,
        partitions: Int32,
        replication: Int16 = 1,
        configuration: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configuration = configuration
    }

    public init(
        name: String,
        partitions: Int32,
        replication: Int16 = 1,
        configuration: [String: String] = [:]
    ) {
        self.init(name, partitions: partitions, replication: replication, configuration: configuration)
    }
}
