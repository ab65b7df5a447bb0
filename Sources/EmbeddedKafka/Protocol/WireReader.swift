import NIOCore

/// Why bytes are no message.
enum WireError: Error, Hashable {
    case truncated
    /// A length below what it may be, or beyond the bytes that are there.
    case invalidLength(Int64)
    /// More elements than any request needs: in memory they would take many times the bytes that they came in.
    case tooManyElements
}

/// Reads messages by their schema. Nothing is allocated on the word of a length: a count can't exceed the bytes that are left.
struct WireReader {
    private var bytes: ByteBuffer
    private let version: Int
    private let isFlexible: Bool
    private var elementsLeft = 200_000

    init(_ bytes: ByteBuffer, version: Int, isFlexible: Bool) {
        self.bytes = bytes
        self.version = version
        self.isFlexible = isFlexible
    }

    static func read(
        _ schema: MessageSchema, from bytes: ByteBuffer, version: Int, isFlexible: Bool
    ) throws(WireError) -> WireValue {
        var reader = WireReader(bytes, version: version, isFlexible: isFlexible)
        // What follows is passed over, as Kafka does: librdkafka 2.0.2 ends ListGroups and OffsetFetch with tags too many.
        return try reader.structure(schema.fields)
    }

    private mutating func structure(_ fields: [MessageSchema.Field]) throws(WireError) -> WireValue {
        var values: [String: WireValue] = [:]
        for field in fields {
            if field.versions.contains(version) {
                values[field.name] = try value(field.kind)
            } else if field.standard != 0 {
                values[field.name] = .int(field.standard)
            }
        }
        if isFlexible { try skipTags() }
        return .structure(values)
    }

    private mutating func value(_ kind: MessageSchema.Kind) throws(WireError) -> WireValue {
        switch kind {
        case .bool: return .bool(try integer(as: Int8.self) != 0)
        case .int8: return .int(Int64(try integer(as: Int8.self)))
        case .int16: return .int(Int64(try integer(as: Int16.self)))
        case .int32: return .int(Int64(try integer(as: Int32.self)))
        case .int64: return .int(try integer(as: Int64.self))
        case .uuid: return .bytes(try take(16))
        case .string:
            let length = isFlexible ? try compactLength() : Int64(try integer(as: Int16.self))
            guard length >= 0 else { return .string(nil) }
            return .string(String(buffer: try take(length)))
        case .bytes:
            let length = isFlexible ? try compactLength() : Int64(try integer(as: Int32.self))
            guard length >= 0 else { return .bytes(nil) }
            return .bytes(try take(length))
        case .array(let element):
            let count = isFlexible ? try compactLength() : Int64(try integer(as: Int32.self))
            guard count >= 0 else { return .array(nil) }
            // Every element takes at least one byte.
            guard count <= bytes.readableBytes else { throw .invalidLength(count) }
            guard count <= elementsLeft else { throw .tooManyElements }
            elementsLeft -= Int(count)
            var elements: [WireValue] = []
            for _ in 0..<count {
                if case .structure(let fields) = element {
                    elements.append(try structure(fields))
                } else {
                    elements.append(try value(element))
                }
            }
            return .array(elements)
        case .structure(let fields): return try structure(fields)
        }
    }

    private mutating func integer<Value: FixedWidthInteger>(as type: Value.Type) throws(WireError) -> Value {
        guard let value = bytes.readInteger(as: type) else { throw .truncated }
        return value
    }

    private mutating func take(_ length: Int64) throws(WireError) -> ByteBuffer {
        guard length <= bytes.readableBytes, let slice = bytes.readSlice(length: Int(length)) else { throw .invalidLength(length) }
        return slice
    }

    /// A length in the flexible form, stored plus one; -1 for NULL.
    private mutating func compactLength() throws(WireError) -> Int64 { Int64(try varint()) - 1 }

    private mutating func varint() throws(WireError) -> UInt32 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 28, by: 7) {
            let byte = try integer(as: UInt8.self)
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return UInt32(truncatingIfNeeded: value) }
        }
        throw .invalidLength(Int64(value))
    }

    /// Passes over what a newer client adds.
    private mutating func skipTags() throws(WireError) {
        for _ in 0..<(try varint()) {
            _ = try varint()
            _ = try take(Int64(try varint()))
        }
    }

    // MARK: The request header

    /// Reads what leads a request: key, version, correlation id, client id.
    static func header(of bytes: inout ByteBuffer) throws(WireError) -> RequestHeader {
        guard let (key, version, correlationID, length) = bytes.readMultipleIntegers(as: (Int16, Int16, Int32, Int16).self)
        else { throw .truncated }
        var clientID: String?
        if length >= 0 {
            guard let text = bytes.readString(length: Int(length)) else { throw .invalidLength(Int64(length)) }
            clientID = text
        }
        return RequestHeader(key: key, version: version, correlationID: correlationID, clientID: clientID)
    }

    /// Passes over the tags that end the header of a flexible request.
    static func skipHeaderTags(_ bytes: inout ByteBuffer) throws(WireError) {
        var reader = WireReader(bytes, version: 0, isFlexible: true)
        try reader.skipTags()
        bytes = reader.bytes
    }
}

struct RequestHeader: Hashable, Sendable {
    var key: Int16
    var version: Int16
    var correlationID: Int32
    var clientID: String?
}
