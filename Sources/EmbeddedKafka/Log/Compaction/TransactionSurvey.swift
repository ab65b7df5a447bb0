/// How the transactions in a log ended, and which batch of each producer is its last.
struct TransactionSurvey {
    private var open: [Int64: Int64] = [:]
    /// Of each producer, from the first record to the marker, in order.
    private var aborted: [Int64: ArraySlice<Range<Int64>>] = [:]
    private var lastData: [Int64: Int64] = [:]

    /// Notes the next batch of the log.
    ///
    /// - Parameter kind: what a control batch says, if it's about a transaction.
    mutating func note(_ header: RecordBatchHeader, kind: ControlRecord.Kind?) {
        let producer = header.producerID
        guard producer >= 0 else { return }
        if header.isControl {
            guard let kind else { return }
            if let first = open.removeValue(forKey: producer), kind == .abort, first < header.baseOffset {
                aborted[producer, default: []].append(first..<header.baseOffset)
            }
        } else {
            lastData[producer] = header.baseOffset
            if header.isTransactional, open[producer] == nil { open[producer] = header.baseOffset }
        }
    }

    /// Whether the batch's transaction was aborted. To be asked in the order of the log.
    mutating func isAborted(_ header: RecordBatchHeader) -> Bool {
        guard header.isTransactional, !header.isControl, var ranges = aborted[header.producerID] else { return false }
        ranges = ranges.drop { $0.upperBound <= header.baseOffset }
        aborted[header.producerID] = ranges
        return ranges.first?.contains(header.baseOffset) ?? false
    }

    /// Whether the producer's sequence numbers are known from this batch alone.
    func isLast(_ header: RecordBatchHeader) -> Bool {
        header.producerID >= 0 && lastData[header.producerID] == header.baseOffset
    }
}
