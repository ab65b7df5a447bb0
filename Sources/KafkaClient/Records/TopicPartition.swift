/// One partition of one topic: the unit of order and of assignment in Kafka.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var topic: String
    public var partition: Int32

    public init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By topic name, then by partition number.
    public static func < (left: Self, right: Self) -> Bool {
        left.topic == right.topic ? left.partition < right.partition : left.topic < right.topic
    }

    /// `topic[partition]`, as librdkafka and Kafka's own tools print it.
    public var description: String { "\(topic)[\(partition)]" }
}
