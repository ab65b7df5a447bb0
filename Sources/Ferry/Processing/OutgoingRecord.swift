import EventContracts

/// One record that a transaction is to write.
///
/// It goes to the partition of its input, whatever partitioner the input's producer used: so all records of a
/// key stay on one partition number across topics, and state stays local to one worker.
public struct OutgoingRecord: Sendable, Hashable {
    public var topic: String
    public var partition: Int32
    /// The time of the input, in milliseconds since the epoch: a replay writes the same bytes.
    public var timestamp: Int64?
    public var key: [UInt8]?
    public var value: [UInt8]?
    public var headers: [EventHeader]

    public init(
        topic: String, partition: Int32, timestamp: Int64?,
        key: [UInt8]?, value: [UInt8]?, headers: [EventHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.timestamp = timestamp
        self.key = key
        self.value = value
        self.headers = headers
    }
}
