/// What a configuration belongs to.
public enum ConfigResource: Sendable, Hashable {
    case topic(String)
    case broker(Int32)
}

/// One setting of a topic or broker.
public struct ConfigEntry: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// Set for this topic.
        case topic
        /// Set at run time for this broker, or for all.
        case broker
        /// From the broker's configuration file.
        case file
        /// Kafka's own.
        case standard
        case unknown
    }

    public var name: String
    /// `nil` for a sensitive value, which brokers do not tell.
    public var value: String?
    public var source: Source
    public var isReadOnly: Bool
    public var isSensitive: Bool
}
