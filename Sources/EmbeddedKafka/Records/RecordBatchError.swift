/// Why bytes are not a record batch that the log may take.
enum RecordBatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes end before the batch does, or its length field names more than there are.
    case truncated
    /// A message format before v2, or one that nobody has defined.
    case unsupportedMagic(Int8)
    /// The length field is below what a batch without records needs, or negative.
    case invalidLength(Int32)
    case tooLarge(bytes: Int, limit: Int)
    case checksumMismatch(stored: UInt32, computed: UInt32)
    case unknownCodec(Int)
    /// Counts, deltas or producer fields that contradict each other.
    case invalidHeader(String)
    /// A record inside the batch whose lengths or offsets contradict the batch.
    case invalidRecord(index: Int)
    /// A record without a key, where the topic is compacted.
    case missingKey(index: Int)
    /// The records are compressed, and this broker passes every codec through without decoding it.
    case compressed

    var description: String {
        switch self {
        case .truncated: "record batch ends before its length"
        case .unsupportedMagic(let magic): "record batch of message format \(magic), only 2 is supported"
        case .invalidLength(let length): "record batch with length \(length)"
        case .tooLarge(let bytes, let limit): "record batch of \(bytes) bytes exceeds max.message.bytes=\(limit)"
        case .checksumMismatch(let stored, let computed): "record batch with CRC \(stored), its bytes give \(computed)"
        case .unknownCodec(let codec): "record batch with compression codec \(codec)"
        case .invalidHeader(let reason): "record batch header: \(reason)"
        case .invalidRecord(let index): "record \(index) of the batch is malformed"
        case .missingKey(let index): "record \(index) of the batch has no key, the topic is compacted"
        case .compressed: "the records of the batch are compressed"
        }
    }
}
