import NIOCore

/// Walks over the uncompressed records of one batch and says where their parts lie, copying nothing.
///
/// Every length is checked against what is left before it is used, so any bytes may be walked.
struct RecordCursor {
    /// Where a record lies in the batch's bytes: positions count from the batch's first byte.
    struct Found {
        /// The whole record, with its length field.
        var bytes: Range<Int>
        var timestampDelta: Int64
        var offsetDelta: Int32
        /// `nil` is NULL.
        var key: Range<Int>?
        /// `nil` is NULL.
        var value: Range<Int>?
    }

    private var position = RecordBatchHeader.size
    private(set) var index = 0

    /// The record at the cursor, or `nil` where the batch ends.
    ///
    /// Its headers are walked too: a record whose parts do not add up to its length is an error.
    mutating func next(in bytes: RawSpan) throws(RecordBatchError) -> Found? {
        guard position < bytes.byteCount else { return nil }
        let start = position
        guard let length = varint(in: bytes, upTo: bytes.byteCount), length >= 0, length <= Int64(bytes.byteCount - position) else {
            throw .invalidRecord(index: index)
        }
        let end = position + Int(length)
        // The attributes of a record are unused.
        position += 1
        guard position <= end, let timestampDelta = varint(in: bytes, upTo: end),
            let offsetDelta = varint(in: bytes, upTo: end).flatMap({ Int32(exactly: $0) }),
            let key = field(in: bytes, upTo: end), let value = field(in: bytes, upTo: end)
        else { throw .invalidRecord(index: index) }
        guard let count = varint(in: bytes, upTo: end), count >= 0 else { throw .invalidRecord(index: index) }
        // The number is only a number of turns: each one consumes at least a byte or ends the walk.
        for _ in 0..<count {
            guard let name = field(in: bytes, upTo: end), name != nil, field(in: bytes, upTo: end) != nil
            else { throw .invalidRecord(index: index) }
        }
        guard position == end else { throw .invalidRecord(index: index) }
        index += 1
        return Found(bytes: start..<end, timestampDelta: timestampDelta, offsetDelta: offsetDelta, key: key, value: value)
    }

    /// A zigzag number; `nil` if it isn't complete before `end` or longer than 64 bits.
    private mutating func varint(in bytes: RawSpan, upTo end: Int) -> Int64? {
        var raw: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 64 {
            let byte = bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            position += 1
            raw |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1) }
            shift += 7
        }
        return nil
    }

    /// A length and that many bytes. The outer `nil`: malformed; the inner one: NULL.
    private mutating func field(in bytes: RawSpan, upTo end: Int) -> Range<Int>?? {
        guard let length = varint(in: bytes, upTo: end), length >= -1 else { return nil }
        if length == -1 { return .some(nil) }
        guard length <= Int64(end - position) else { return nil }
        let start = position
        position += Int(length)
        return .some(start..<position)
    }
}
