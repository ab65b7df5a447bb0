import NIOCore

/// One record of a batch, but for its headers, which the broker never looks at. The buffers are slices of the batch's and keep it alive.
struct Record: Hashable, Sendable {
    var offset: Int64
    /// Milliseconds since the epoch; the batch's append time if the topic stamps that.
    var timestamp: Int64
    /// `nil` is Kafka's NULL, which differs from empty.
    var key: ByteBuffer?
    /// `nil` is Kafka's NULL: a tombstone.
    var value: ByteBuffer?
}
