/// A topic between services, with who writes and who reads it.
public struct CatalogTopic: Sendable, Hashable {
    public var name: String
    /// Kafka's `cleanup.policy`.
    public var cleanupPolicy: String
    /// Names of services, sorted; empty for a topic that clients write.
    public var writers: [String]
    public var readers: [String]
    /// Names of the events that it carries, sorted.
    public var events: [String]
}
