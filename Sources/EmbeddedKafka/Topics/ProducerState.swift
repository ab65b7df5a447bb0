/// What a partition remembers of one producer: enough to tell a repeated batch from a new one, and a gap from a sequence.
struct ProducerState: Codable, Hashable {
    struct Batch: Codable, Hashable {
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
    /// An epoch that the broker raised begins at sequence 0; only of a producer never heard of any sequence is taken.
    private var isNew = true
    /// Where its open transaction begins in this partition.
    var openFrom: Int64?
    /// Time of its last batch or marker: one long gone is forgotten.
    private(set) var lastTime: Int64 = 0

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
        if isNew { return .append }
        let next = batches.last.map { $0.lastSequence == .max ? 0 : $0.lastSequence + 1 } ?? 0
        guard header.baseSequence == next else { throw .outOfOrderSequenceNumber }
        return .append
    }

    mutating func note(_ header: RecordBatchHeader, at baseOffset: Int64, time: Int64) {
        raise(to: header.producerEpoch)
        isNew = false
        lastTime = time
        batches.append(
            Batch(baseSequence: header.baseSequence, lastSequence: header.lastSequence, baseOffset: baseOffset))
        if batches.count > 5 { batches.removeFirst() }
        if header.isTransactional, openFrom == nil { openFrom = baseOffset }
    }

    mutating func noteEnd(epoch: Int16, time: Int64) {
        openFrom = nil
        lastTime = time
        raise(to: epoch)
    }

    /// A newer epoch begins its sequence anew.
    private mutating func raise(to epoch: Int16) {
        guard epoch > self.epoch else { return }
        self.epoch = epoch
        batches = []
        isNew = false
    }
}
