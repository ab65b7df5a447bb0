internal import CLibrdkafka

/// A record whose key and value lie in memory that is only lent, for the length of a call:
/// librdkafka copies them once, into its own message.
///
/// Unchecked: the memory is read only, and for no longer than the call that lends it.
struct LentRecord: @unchecked Sendable {
    var topic: String
    var partition: Int32?
    var key: ferry_bytes_t
    var value: ferry_bytes_t
    var headers: [KafkaHeader]
    var timestamp: Int64?
}

extension ProducerRecord {
    /// Who waits in line hands over what may be read from another thread: a copy.
    @usableFromInline
    init(
        copying topic: String, _ partition: Int32?, _ key: Span<UInt8>?, _ value: Span<UInt8>?, _ headers: [KafkaHeader],
        _ timestamp: Int64?
    ) {
        self.init(
            topic: topic, partition: partition, key: key.copied(), value: value.copied(), headers: headers, timestamp: timestamp)
    }

    func lend<R, E>(_ body: (LentRecord) throws(E) -> R) throws(E) -> R {
        try key.withKafkaBytes { (key) throws(E) in
            try value.withKafkaBytes { (value) throws(E) in
                try body(LentRecord(
                    topic: topic, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp
                ))
            }
        }
    }
}

extension [UInt8]? {
    /// NULL for `nil`.
    func withKafkaBytes<R, E>(_ body: (ferry_bytes_t) throws(E) -> R) throws(E) -> R {
        guard let self else { return try body(ferry_bytes_t()) }
        return try self.withUnsafeBufferPointer { (buffer) throws(E) in try body(ferry_bytes_t(lending: buffer)) }
    }
}

extension Optional where Wrapped == Span<UInt8> {
    /// NULL for `nil`.
    func withKafkaBytes<R, E>(_ body: (ferry_bytes_t) throws(E) -> R) throws(E) -> R {
        guard let self else { return try body(ferry_bytes_t()) }
        return try self.withUnsafeBufferPointer { (buffer) throws(E) in try body(ferry_bytes_t(lending: buffer)) }
    }
}

extension Optional where Wrapped == Span<UInt8> {
    func copied() -> [UInt8]? {
        guard let self else { return nil }
        return self.withUnsafeBufferPointer(Array.init)
    }
}

extension ferry_bytes_t {
    /// An empty buffer may have no address and gets one, because a NULL pointer would turn it
    /// into Kafka's NULL. Nothing is read there.
    fileprivate init(lending buffer: UnsafeBufferPointer<UInt8>) {
        self.init(
            bytes: buffer.isEmpty ? UnsafeRawPointer(bitPattern: 1) : UnsafeRawPointer(buffer.baseAddress),
            count: buffer.count
        )
    }
}
