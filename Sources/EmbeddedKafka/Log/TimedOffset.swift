import NIOCore

/// A record found by its time.
struct TimedOffset: Hashable, Sendable {
    var offset: Int64
    var timestamp: Int64
}

extension RecordBatchHeader {
    /// The first record of the batch from `start` on that isn't earlier than `time`.
    ///
    /// The records of a compressed batch can't be seen: its first offset stands for them, so that a reader who starts there misses none.
    func firstRecord(in batch: ByteBuffer, from start: Int64, notBefore time: Int64) throws(RecordBatchError) -> TimedOffset? {
        if usesAppendTime || codec != 0 { return TimedOffset(offset: max(start, baseOffset), timestamp: maxTimestamp) }
        var cursor = RecordCursor()
        while let found = try cursor.next(in: batch.readableBytesSpan) {
            let record = TimedOffset(offset: baseOffset + Int64(found.offsetDelta), timestamp: timestamp(ofDelta: found.timestampDelta))
            if record.offset >= start, record.timestamp >= time { return record }
        }
        return nil
    }
}
