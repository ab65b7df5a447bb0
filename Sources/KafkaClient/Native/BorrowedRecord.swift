internal import CLibrdkafka

/// One record in librdkafka's memory. It is there while it is shown; a record kept alive would
/// keep the whole fetch response alive that it came in.
///
/// What a loop over records reads is inlined into the loop: a call into this module for each would
/// cost as much as the reading.
public struct BorrowedRecord: ~Copyable {
    let message: UnsafeMutablePointer<rd_kafka_message_t>
    @usableFromInline let key: UnsafeRawBufferPointer?
    @usableFromInline let value: UnsafeRawBufferPointer?
    public let partition: Int32
    public let offset: Int64

    init(message: UnsafeMutablePointer<rd_kafka_message_t>) {
        self.message = message
        let source = message.pointee
        key = source.key.map { UnsafeRawBufferPointer(start: $0, count: source.key_len) }
        value = source.payload.map { UnsafeRawBufferPointer(start: $0, count: source.len) }
        partition = source.partition
        offset = source.offset
    }

    /// Milliseconds since the epoch; -1 where the log holds none.
    public var timestamp: Int64 { MessageCopying.timestamp(message) }
    /// Makes a string of it: compare ``partition`` first, or read one topic.
    public var topic: String { String(cString: rd_kafka_topic_name(message.pointee.rkt)) }

    /// `nil` is NULL, an empty span an empty key.
    @inlinable
    public borrowing func withKey<R, E>(_ body: (Span<UInt8>?) throws(E) -> R) throws(E) -> R {
        guard let key else { return try body(nil) }
        return try body(key.bindMemory(to: UInt8.self).span)
    }

    /// `nil` is NULL (a tombstone), an empty span an empty value.
    @inlinable
    public borrowing func withValue<R, E>(_ body: (Span<UInt8>?) throws(E) -> R) throws(E) -> R {
        guard let value else { return try body(nil) }
        return try body(value.bindMemory(to: UInt8.self).span)
    }

    /// Copied.
    public var headers: [KafkaHeader] { MessageCopying.headers(message) }

    public borrowing func copy() -> ConsumedRecord {
        var copying = MessageCopying()
        return copying.record(message)
    }
}
