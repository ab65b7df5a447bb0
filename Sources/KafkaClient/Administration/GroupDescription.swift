/// A consumer group as its coordinator describes it.
public struct GroupDescription: Sendable, Hashable {
    public struct Member: Sendable, Hashable {
        public var memberID: String
        /// Of a static member.
        public var instanceID: String?
        public var clientID: String
        public var host: String
        /// Ascending.
        public var partitions: [TopicPartition]
    }

    public var id: String
    /// Kafka's name of it: `Stable`, `PreparingRebalance`, `CompletingRebalance`, `Empty`, `Dead`.
    public var state: String
    public var assignor: String
    /// Broker id.
    public var coordinator: Int32
    public var members: [Member]
}

/// One line of a list of groups.
public struct GroupListing: Sendable, Hashable {
    public var id: String
    /// Kafka's name of it; `Unknown` from brokers before 2.6.
    public var state: String
    /// Made by commits alone: nobody ever joined.
    public var isSimple: Bool
}
