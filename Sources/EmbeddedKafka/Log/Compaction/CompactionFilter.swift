import NIOCore

/// Decides, batch by batch in the order of the log, what compaction keeps.
///
/// - Of each key the last record, and of a tombstone so long as it isn't swept. Offsets, sequence numbers and
///   timestamps of what stays are as they were.
/// - Nothing of an aborted transaction.
/// - The last batch of each producer, without records if none is to stay, so that the broker can tell a repeated
///   or a missing sequence number after a restart. It goes when it is swept.
/// - A transaction's marker as long as a batch of the transaction is there, and until it is swept.
/// - A compressed batch as a whole: its keys can't be seen. It neither replaces others nor is replaced.
struct CompactionFilter {
    private let latest: [KeyDigest: Int64]
    private var survey: TransactionSurvey
    private let startOffset: Int64
    private let sweepable: Int64
    /// Producers with a batch of the transaction whose marker is still to come.
    private var unmarked: Set<Int64> = []
    var removed = PartitionLog.Compacted()

    init(latest: [KeyDigest: Int64], survey: TransactionSurvey, startOffset: Int64, sweepable: Int64) {
        self.latest = latest
        self.survey = survey
        self.startOffset = startOffset
        self.sweepable = sweepable
    }

    /// What stays of the batch; `nil` if nothing does.
    mutating func keep(_ header: RecordBatchHeader, bytes: ByteBuffer) throws -> ByteBuffer? {
        if header.isControl { return try keepMarker(header, bytes: bytes) }
        var kept = try keepRecords(header, bytes: bytes)
        if kept == nil, survey.isLast(header), header.baseOffset >= sweepable {
            kept = rebuilt(header, records: ByteBuffer(), count: 0, maxTimestamp: header.maxTimestamp)
        }
        if kept != nil, header.isTransactional { unmarked.insert(header.producerID) }
        return kept
    }

    private mutating func keepMarker(_ header: RecordBatchHeader, bytes: ByteBuffer) throws -> ByteBuffer? {
        guard let marker = try ControlRecord(in: bytes) else { return bytes }
        let hasData = unmarked.remove(header.producerID) != nil
        if hasData || header.baseOffset >= sweepable { return bytes }
        if marker.kind == .abort { removed.removedAbortMarkers.append(header.baseOffset) }
        return nil
    }

    private mutating func keepRecords(_ header: RecordBatchHeader, bytes: ByteBuffer) throws -> ByteBuffer? {
        if survey.isAborted(header) || header.nextOffset <= startOffset {
            removed.removedRecords += Int(header.recordCount)
            return nil
        }
        if header.codec != 0 { return bytes }
        let span = bytes.readableBytesSpan
        var cursor = RecordCursor()
        var records = ByteBuffer()
        var count: Int32 = 0
        var maxTimestamp = Int64.min
        while let record = try cursor.next(in: span) {
            guard staysAlone(record, of: header, in: span) else { continue }
            // The deltas count from what the header keeps, so the record's own bytes stay as they are.
            if let part = bytes.getSlice(at: bytes.readerIndex + record.bytes.lowerBound, length: record.bytes.count) {
                records.writeImmutableBuffer(part)
            }
            count += 1
            maxTimestamp = max(maxTimestamp, header.timestamp(ofDelta: record.timestampDelta))
        }
        removed.removedRecords += Int(header.recordCount - count)
        if count == header.recordCount { return count == 0 ? nil : bytes }
        return count == 0 ? nil : rebuilt(header, records: records, count: count, maxTimestamp: maxTimestamp)
    }

    private func staysAlone(_ record: RecordCursor.Found, of header: RecordBatchHeader, in span: RawSpan) -> Bool {
        let offset = header.baseOffset + Int64(record.offsetDelta)
        guard offset >= startOffset, let key = record.key else { return false }
        if record.value == nil, offset < sweepable { return false }
        return latest[KeyDigest(of: span.extracting(key))].map { offset >= $0 } ?? true
    }

    private func rebuilt(_ header: RecordBatchHeader, records: ByteBuffer, count: Int32, maxTimestamp: Int64) -> ByteBuffer {
        var header = header
        header.recordCount = count
        header.maxTimestamp = maxTimestamp
        if count == 0 { header.attributes &= ~0x07 }
        return RecordBatch.seal(&header, records: records).bytes
    }
}
