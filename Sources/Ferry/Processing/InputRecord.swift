import EventContracts

/// One record as it was read from a topic: all that the processing of it may depend on.
public struct InputRecord: Sendable, Hashable {
    public var position: Position
    /// Milliseconds since the epoch; `nil` where the record carries no timestamp.
    public var timestamp: Int64?
    public var key: [UInt8]?
    /// `nil` is Kafka's NULL, a tombstone.
    public var value: [UInt8]?
    public var headers: [EventHeader]

    public init(position: Position, timestamp: Int64?, key: [UInt8]?, value: [UInt8]?, headers: [EventHeader]) {
        self.position = position
        self.timestamp = timestamp
        self.key = key
        self.value = value
        self.headers = headers
    }
}
