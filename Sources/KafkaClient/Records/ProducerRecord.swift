/// A record to be written.
///
/// For key and value, `nil` is Kafka's NULL and an empty array is an empty value. A NULL value
/// is a tombstone in a compacted topic.
public struct ProducerRecord: Sendable, Hashable {
    public var topic: String
    /// `nil` leaves the choice to the partitioner: by the key where there is one.
    public var partition: Int32?
    public var key: [UInt8]?
    public var value: [UInt8]?
    public var headers: [KafkaHeader]
    /// Milliseconds since the epoch, above zero; `nil` is the time of the call.
    ///
    /// Zero cannot be written: librdkafka reads it as "now", so it is refused instead.
    public var timestamp: Int64?

    public init(
        topic: String,
        partition: Int32? = nil,
        key: [UInt8]? = nil,
        value: [UInt8]? = nil,
        headers: [KafkaHeader] = [],
        timestamp: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }
}
