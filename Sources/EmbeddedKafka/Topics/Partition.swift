import Logging
import NIOCore

/// One partition: its log, and what the log means for producers and for readers of committed records.
final class Partition {
    /// A transaction that was taken back: readers of committed records pass over its batches.
    struct AbortedTransaction {
        let producerID: Int64
        let firstOffset: Int64
        let lastOffset: Int64
    }

    let topic: String
    let index: Int32
    let log: PartitionLog
    private var producers: [Int64: ProducerState] = [:]
    private var aborted: [AbortedTransaction] = []
    /// Set by a test: reads find nothing new, as if the leader had gone silent.
    var isPaused = false

    init(topic: String, index: Int32, log: PartitionLog) throws {
        self.topic = topic
        self.index = index
        self.log = log
        try rebuild()
    }

    /// Before this offset no transaction is open (Kafka's last stable offset).
    var lastStableOffset: Int64 {
        producers.values.compactMap(\.openFrom).min() ?? log.endOffset
    }

    func end(isCommittedOnly: Bool) -> Int64 { isCommittedOnly ? lastStableOffset : log.endOffset }

    /// - Returns: the base offset of the first batch.
    func append(_ batches: [RecordBatch.Validated], appendTime: Int64?) throws -> Int64 {
        var first: Int64?
        for batch in batches {
            let offset = try append(batch, appendTime: appendTime)
            first = first ?? offset
        }
        return first ?? log.endOffset
    }

    private func append(_ batch: RecordBatch.Validated, appendTime: Int64?) throws -> Int64 {
        let header = batch.header
        guard header.producerID >= 0 else {
            return try log.append(batch.bytes, header: header, leaderEpoch: 0, appendTime: appendTime)
        }
        var producer = producers[header.producerID] ?? ProducerState(epoch: header.producerEpoch)
        switch try producer.check(header) {
        case .duplicate(let offset): return offset
        case .append:
            let offset = try log.append(batch.bytes, header: header, leaderEpoch: 0, appendTime: appendTime)
            producer.note(header, at: offset)
            producers[header.producerID] = producer
            return offset
        }
    }

    /// Ends the producer's transaction here with a control batch.
    func end(_ kind: ControlRecord.Kind, producerID: Int64, epoch: Int16, timestamp: Int64) throws {
        let marker = ControlRecord(kind: kind, coordinatorEpoch: 0)
            .batch(producerID: producerID, producerEpoch: epoch, timestamp: timestamp)
        let offset = try log.append(marker.bytes, header: marker.header, leaderEpoch: 0)
        noteEnd(kind, producerID: producerID, epoch: epoch, at: offset)
    }

    private func noteEnd(_ kind: ControlRecord.Kind, producerID: Int64, epoch: Int16, at offset: Int64) {
        var producer = producers[producerID] ?? ProducerState(epoch: epoch)
        if kind == .abort, let first = producer.openFrom {
            aborted.append(AbortedTransaction(producerID: producerID, firstOffset: first, lastOffset: offset))
        }
        producer.openFrom = nil
        producer.raise(to: epoch)
        producers[producerID] = producer
    }

    /// The aborted transactions that reach into a range: those alone, since a reader drops all that follows of a producer named
    /// here until it meets the end of its transaction.
    func abortedTransactions(from: Int64, to: Int64) -> [AbortedTransaction] {
        aborted.filter { $0.lastOffset >= from && $0.firstOffset < to }
    }

    /// Forgets what lies before the log's start.
    func forgetDeleted() {
        aborted.removeAll { $0.lastOffset < log.startOffset }
    }

    /// Forgets aborted transactions whose end compaction has removed: a reader that heard of one would wait for that end, and drop all
    /// that its producer has written since.
    func forget(abortMarkers offsets: [Int64]) {
        guard !offsets.isEmpty else { return }
        let gone = Set(offsets)
        aborted.removeAll { gone.contains($0.lastOffset) }
    }

    /// Learns producers and transactions from the log itself.
    private func rebuild() throws {
        var headers: [RecordBatchHeader] = []
        try log.forEachBatch(from: log.startOffset) { header in
            if header.producerID >= 0 { headers.append(header) }
        }
        for header in headers {
            if header.isControl {
                let slice = try log.read(from: header.baseOffset, maxBytes: 1)
                guard let record = try ControlRecord(in: slice.bytes) else { continue }
                noteEnd(record.kind, producerID: header.producerID, epoch: header.producerEpoch, at: header.baseOffset)
            } else {
                var producer = producers[header.producerID] ?? ProducerState(epoch: header.producerEpoch)
                producer.note(header, at: header.baseOffset)
                producers[header.producerID] = producer
            }
        }
    }
}
