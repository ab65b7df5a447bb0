import NIOCore

/// Whole batches read from a log, byte for byte as they lie there.
struct LogSlice: Hashable, Sendable {
    /// The first batch may begin before the offset that was asked for: readers pass over the records before it.
    var bytes: ByteBuffer
    /// The offset after the last batch; the offset asked for, if there is none.
    var nextOffset: Int64

    static func empty(at offset: Int64) -> Self { Self(bytes: ByteBuffer(), nextOffset: offset) }
}
