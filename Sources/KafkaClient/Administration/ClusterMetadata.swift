/// A cluster as one of its brokers describes it.
public struct ClusterMetadata: Sendable, Hashable {
    public struct Broker: Sendable, Hashable {
        public var id: Int32
        public var host: String
        public var port: Int32
    }

    public struct Partition: Sendable, Hashable {
        public var id: Int32
        /// Broker id; -1 while there is none.
        public var leader: Int32
        public var replicas: [Int32]
        public var inSyncReplicas: [Int32]
    }

    public struct Topic: Sendable, Hashable {
        public var name: String
        /// Ascending by id.
        public var partitions: [Partition]
        /// Why nothing is known of the topic, such as
        /// ``KafkaError/Code-swift.struct/unknownTopicOrPartition``.
        public var error: KafkaError?
    }

    /// Chosen when the cluster was made; `nil` from brokers that do not tell.
    public var id: String?
    /// Broker id of the controller; `nil` while there is none.
    public var controller: Int32?
    /// Ascending by id.
    public var brokers: [Broker]
    /// By name. Internal topics such as `__consumer_offsets` are among them.
    public var topics: [Topic]

    /// The topic, if the cluster has it.
    public func topic(_ name: String) -> Topic? {
        topics.first { $0.name == name && $0.error == nil }
    }
}
