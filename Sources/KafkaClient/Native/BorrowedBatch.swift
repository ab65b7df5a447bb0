internal import CLibrdkafka

/// What one ``Consumer/withBatch(maxRecords:timeout:_:)`` shows: records in librdkafka's own
/// memory, which nothing can be kept of except by a copy.
public struct BorrowedBatch: ~Copyable {
    let drained: DrainedMessages

    public var count: Int { drained.records.count }

    /// As ``ConsumerBatch/endOfPartitions``.
    public var endOfPartitions: [TopicPartition: Int64] { drained.ends }

    /// Shows every record, those of one partition in the order of their offsets.
    public borrowing func forEach(_ body: (borrowing BorrowedRecord) -> Void) {
        for case let message? in drained.records { body(BorrowedRecord(message: message)) }
    }
}

/// One record in librdkafka's memory. It is there while it is shown; a record kept alive would
/// keep the whole fetch response alive that it came in.
public struct BorrowedRecord: ~Copyable {
    let message: UnsafeMutablePointer<rd_kafka_message_t>

    public var partition: Int32 { message.pointee.partition }
    public var offset: Int64 { message.pointee.offset }
    /// Milliseconds since the epoch; -1 where the log holds none.
    public var timestamp: Int64 { MessageCopying.timestamp(message) }
    /// Makes a string of it: compare ``partition`` first, or read one topic.
    public var topic: String { String(cString: rd_kafka_topic_name(message.pointee.rkt)) }

    /// `nil` is NULL, an empty span an empty key.
    public borrowing func withKey<R>(_ body: (Span<UInt8>?) -> R) -> R {
        Self.show(message.pointee.key, message.pointee.key_len, body)
    }

    /// `nil` is NULL (a tombstone), an empty span an empty value.
    public borrowing func withValue<R>(_ body: (Span<UInt8>?) -> R) -> R {
        Self.show(message.pointee.payload, message.pointee.len, body)
    }

    /// Copied.
    public var headers: [KafkaHeader] { MessageCopying.headers(message) }

    public borrowing func copy() -> ConsumedRecord {
        var copying = MessageCopying()
        return copying.record(message)
    }

    private static func show<R>(
        _ start: UnsafeMutableRawPointer?,
        _ count: Int,
        _ body: (Span<UInt8>?) -> R
    ) -> R {
        guard let start else { return body(nil) }
        return body(UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self).span)
    }
}
