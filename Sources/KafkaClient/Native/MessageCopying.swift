internal import CLibrdkafka

/// Copies messages out of librdkafka's fetch buffers: one allocation for a key, one for a
/// value, one for a topic's name per run of records of that topic; with headers, one for their
/// list, one for each value, and one for each name of more than 15 bytes.
///
/// Copying is the safe default because a message keeps the whole fetch response it came in
/// alive.
struct MessageCopying {
    private var lastTopic: OpaquePointer?
    private var lastName = ""

    mutating func record(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> ConsumedRecord {
        let source = message.pointee
        return ConsumedRecord(
            topic: topic(source.rkt),
            partition: source.partition,
            offset: source.offset,
            timestamp: Self.timestamp(message),
            key: Self.bytes(source.key, source.key_len),
            value: Self.bytes(source.payload, source.len),
            headers: Self.headers(message)
        )
    }

    /// The handle is compared for as long as one batch is copied, during which the messages
    /// keep it alive. Later its address may be another topic's.
    mutating func topic(_ handle: OpaquePointer?) -> String {
        if handle != lastTopic {
            lastTopic = handle
            lastName = handle.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        }
        return lastName
    }

    static func timestamp(_ message: UnsafePointer<rd_kafka_message_t>) -> Int64 {
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &type)
        return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : timestamp
    }

    static func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    static func headers(_ message: UnsafePointer<rd_kafka_message_t>) -> [KafkaHeader] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
            return []
        }
        let count = rd_kafka_header_cnt(list)
        var headers: [KafkaHeader] = []
        headers.reserveCapacity(count)
        for index in 0..<count {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            guard rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR,
                let name
            else { continue }
            headers.append(KafkaHeader(String(cString: name), bytes(value, size)))
        }
        return headers
    }
}
