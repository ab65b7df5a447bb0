import EventContracts
import Foundation
import JSONSchema
import KafkaClient

/// A record as one line of JSON, without loss: what `ferry consume` writes, and `ferry produce` and `ferry replay` take back.
///
///     {"topic":…,"partition":…,"offset":…,"timestamp":"2026-…Z","key":…,"headers":[["name","value"],…],"value":…}
///
/// Text that isn't UTF-8 stands in base64 under `keyBase64`, `valueBase64`, or `{"base64":…}` as a header's value. A value that is canonical
/// JSON stands as JSON, any other text under `valueText`, so that its bytes come back as they were; NULL is null.
struct RecordLine {
    var topic: String
    var partition: Int32?
    var offset: Int64?
    var timestamp: Int64?
    var key: [UInt8]?
    var headers: [KafkaHeader]
    var value: [UInt8]?

    init(_ record: ConsumedRecord) {
        topic = record.topic
        partition = record.partition
        offset = record.offset
        timestamp = record.timestamp < 0 ? nil : record.timestamp
        key = record.key
        headers = record.headers
        value = record.value
    }

    /// `nil` for a line that isn't such a record: it has no `value` and no `topic`.
    init?(_ json: JSONValue) throws(CommandFailure) {
        guard let topic = json["topic"]?.string else { return nil }
        self.topic = topic
        partition = json["partition"]?.int64.map { Int32(clamping: $0) }
        offset = json["offset"]?.int64
        timestamp = json["timestamp"]?.string.flatMap { Timestamp($0)?.milliseconds }
        key = try Self.bytes(text: json["key"], base64: json["keyBase64"])
        if let bytes = try Self.bytes(text: json["valueText"], base64: json["valueBase64"]) {
            value = bytes
        } else if let document = json["value"], document != .null {
            value = document.canonicalBytes()
        } else {
            value = nil
        }
        headers = []
        if case .array(let pairs)? = json["headers"] {
            for pair in pairs {
                guard case .array(let parts) = pair, parts.count == 2, let name = parts[0].string else {
                    throw .invalid("a header is written as [\"name\", \"value\"]")
                }
                headers.append(KafkaHeader(name, try Self.bytes(text: parts[1], base64: parts[1]["base64"])))
            }
        }
    }

    var json: JSONValue {
        var object: JSONObject = ["topic": .string(topic)]
        if let partition { object["partition"] = .number(JSONNumber(Int64(partition))) }
        if let offset { object["offset"] = .number(JSONNumber(offset)) }
        if let timestamp { object["timestamp"] = .string(Timestamp(milliseconds: timestamp).description) }
        if let key {
            if let text = String(validating: key, as: UTF8.self) {
                object["key"] = .string(text)
            } else {
                object["keyBase64"] = .string(Data(key).base64EncodedString())
            }
        } else {
            object["key"] = .null
        }
        object["headers"] = .array(headers.map { .array([.string($0.name), Self.json($0.value)]) })
        if let value {
            if let document = try? JSONParser.parse(value), document != .null, document.canonicalBytes() == value {
                object["value"] = document
            } else if let text = String(validating: value, as: UTF8.self) {
                object["valueText"] = .string(text)
            } else {
                object["valueBase64"] = .string(Data(value).base64EncodedString())
            }
        } else {
            object["value"] = .null
        }
        return .object(object)
    }

    private static func json(_ value: [UInt8]?) -> JSONValue {
        guard let value else { return .null }
        if let text = String(validating: value, as: UTF8.self) { return .string(text) }
        return ["base64": .string(Data(value).base64EncodedString())]
    }

    private static func bytes(text: JSONValue?, base64: JSONValue?) throws(CommandFailure) -> [UInt8]? {
        if let text = text?.string { return Array(text.utf8) }
        guard let encoded = base64?.string else { return nil }
        guard let data = Data(base64Encoded: encoded) else { throw .invalid("\(encoded.prefix(40)) is not base64") }
        return Array(data)
    }
}
