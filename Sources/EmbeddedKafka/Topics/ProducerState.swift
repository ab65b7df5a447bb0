/// What a partition remembers of one producer: enough to tell a repeated batch from a new one, and a gap from a sequence.
struct ProducerState {
    struct Batch {
        let baseSequence: Int32
        let lastSequence: Int32
        let baseOffset: Int64
    }

    enum Verdict {
        case append
        /// It is in the log already, at this base offset.
        case duplicate(Int64)
    }

    private(set) var epoch: Int16
    /// The last five batches, as many as an idempotent producer may have under way.
    private var batches: [Batch] = []
    /// Where its open transaction begins in this partition.
    var openFrom: Int64?

    init(epoch: Int16) { self.epoch = epoch }

    /// Whether a batch may follow (Kafka's `ProducerAppendInfo`).
    func check(_ header: RecordBatchHeader) throws(ErrorCode) -> Verdict {
        guard header.producerEpoch >= epoch else { throw .invalidProducerEpoch }
        guard header.producerEpoch == epoch else {
            guard header.baseSequence == 0 else { throw .outOfOrderSequenceNumber }
            return .append
        }
        if let known = batches.first(where: {
            $0.baseSequence == header.baseSequence && $0.lastSequence == header.lastSequence
        }) {
            return .duplicate(known.baseOffset)
        }
        guard let last = batches.last else { return .append }
        let next = last.lastSequence == .max ? 0 : last.lastSequence + 1
        guard header.baseSequence == next else { throw .outOfOrderSequenceNumber }
        return .append
    }

    mutating func note(_ header: RecordBatchHeader, at baseOffset: Int64) {
        raise(to: header.producerEpoch)
        batches.append(
            Batch(baseSequence: header.baseSequence, lastSequence: header.lastSequence, baseOffset: baseOffset))
        if batches.count > 5 { batches.removeFirst() }
        if header.isTransactional, openFrom == nil { openFrom = baseOffset }
    }

    /// A newer epoch begins its sequence anew.
    mutating func raise(to epoch: Int16) {
        guard epoch > self.epoch else { return }
        self.epoch = epoch
        batches = []
    }
}
