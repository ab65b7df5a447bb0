/// Where the broker put a record: acknowledged by as many replicas as `acks` asks for.
public struct Delivery: Sendable, Hashable {
    public var topic: String
    public var partition: Int32
    /// -1 where it is not known: the first acknowledgement was lost, and an idempotent producer's
    /// retry was told that the record is stored already.
    public var offset: Int64
    /// Milliseconds since the epoch: the record's own time, or the broker's where the topic is
    /// set to `LogAppendTime`.
    public var timestamp: Int64

    public init(topic: String, partition: Int32, offset: Int64, timestamp: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }
}
