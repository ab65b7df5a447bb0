import Foundation
import Logging
import NIOCore

/// One partition: its log, and what the log means for producers and for readers of committed records.
final class Partition {
    /// A transaction that was taken back: readers of committed records pass over its batches.
    struct AbortedTransaction: Codable, Hashable {
        let producerID: Int64
        let firstOffset: Int64
        let lastOffset: Int64
    }

    /// What is learned from the log, up to an offset: kept beside the log, so that a start need not read all of it.
    private struct Knowledge: Codable {
        var upTo: Int64 = 0
        var producers: [Int64: ProducerState] = [:]
        /// In the order in which they ended.
        var aborted: [AbortedTransaction] = []
    }

    let topic: String
    let index: Int32
    let log: PartitionLog
    private var knowledge = Knowledge()
    /// By producer: where its open transaction begins.
    private(set) var open: [Int64: Int64] = [:]
    private var savedUpTo: Int64 = 0
    /// Set by a test: reads find nothing new, as if the leader had gone silent.
    var isPaused = false

    private static let knowledgeFile = "producers.json"
    private static let producerExpiration: Int64 = 24 * 3_600_000

    init(topic: String, index: Int32, log: PartitionLog) throws {
        self.topic = topic
        self.index = index
        self.log = log
        try rebuild()
    }

    /// Before this offset no transaction is open (Kafka's last stable offset).
    var lastStableOffset: Int64 { open.values.min() ?? log.endOffset }

    func end(isCommittedOnly: Bool) -> Int64 { isCommittedOnly ? lastStableOffset : log.endOffset }

    // MARK: Writing

    /// - Returns: the batch's base offset; of a repeated one, the offset it has already.
    func append(_ batch: RecordBatch.Validated, now: Int64, appendTime: Int64?) throws -> Int64 {
        let header = batch.header
        guard header.producerID >= 0 else { return try log.append(batch.bytes, header: header, leaderEpoch: 0, appendTime: appendTime) }
        let producer = knowledge.producers[header.producerID] ?? ProducerState(epoch: header.producerEpoch)
        switch try producer.check(header) {
        case .duplicate(let offset): return offset
        case .append:
            let offset = try log.append(batch.bytes, header: header, leaderEpoch: 0, appendTime: appendTime)
            note(header, at: offset, time: now)
            return offset
        }
    }

    /// Ends the producer's transaction here with a control batch.
    func end(_ kind: ControlRecord.Kind, producerID: Int64, epoch: Int16, now: Int64) throws {
        let marker = ControlRecord(kind).batch(producerID: producerID, producerEpoch: epoch, timestamp: now)
        let offset = try log.append(marker.bytes, header: marker.header, leaderEpoch: 0)
        noteEnd(kind, producerID: producerID, epoch: epoch, at: offset, time: now)
    }

    private func note(_ header: RecordBatchHeader, at offset: Int64, time: Int64) {
        let id = header.producerID
        knowledge.producers[id, default: ProducerState(epoch: header.producerEpoch)].note(header, at: offset, time: time)
        if header.isTransactional, open[id] == nil { open[id] = offset }
    }

    private func noteEnd(_ kind: ControlRecord.Kind, producerID: Int64, epoch: Int16, at offset: Int64, time: Int64) {
        if kind == .abort, let first = open[producerID] {
            knowledge.aborted.append(AbortedTransaction(producerID: producerID, firstOffset: first, lastOffset: offset))
        }
        open[producerID] = nil
        knowledge.producers[producerID, default: ProducerState(epoch: epoch)].noteEnd(epoch: epoch, time: time)
    }

    /// The epoch that the producer was last seen with.
    func epoch(of producerID: Int64) -> Int16 { knowledge.producers[producerID]?.epoch ?? 0 }

    // MARK: Reading

    /// The aborted transactions that reach into a range: those alone, since a reader drops all that follows of a producer named
    /// here until it meets the end of its transaction.
    func abortedTransactions(from: Int64, to: Int64) -> [AbortedTransaction] {
        let aborted = knowledge.aborted
        var (low, high) = (0, aborted.count)
        while low < high {
            let middle = (low + high) / 2
            if aborted[middle].lastOffset < from { low = middle + 1 } else { high = middle }
        }
        return aborted[low...].filter { $0.firstOffset < to }
    }

    // MARK: Forgetting

    /// Forgets what lies before the log's start.
    func forgetDeleted() {
        knowledge.aborted.removeAll { $0.lastOffset < log.startOffset }
    }

    /// Forgets aborted transactions whose end compaction has removed: a reader that heard of one would wait for that end, and drop all
    /// that its producer has written since.
    func forget(abortMarkers offsets: [Int64]) {
        guard !offsets.isEmpty else { return }
        let gone = Set(offsets)
        knowledge.aborted.removeAll { gone.contains($0.lastOffset) }
    }

    /// Lets go of producers that have not been heard of for a day, and saves what is known when much is new.
    func tidy(now: Int64) throws {
        let stale = knowledge.producers.filter { $0.value.openFrom == nil && now - $0.value.lastTime > Self.producerExpiration }
        for id in stale.keys { knowledge.producers[id] = nil }
        if log.endOffset - savedUpTo > 1_000_000 { try save() }
    }

    func close() throws {
        try save()
        try log.close()
    }

    // MARK: Remembering

    private func save() throws {
        guard !log.isClosed, savedUpTo != log.endOffset else { return }
        knowledge.upTo = log.endOffset
        try log.store.replace(Self.knowledgeFile, with: ByteBuffer(bytes: JSONEncoder().encode(knowledge)), syncing: false)
        savedUpTo = log.endOffset
    }

    /// Learns producers and transactions from what was saved, and from the log after that.
    private func rebuild() throws {
        if let saved = try log.store.contents(of: Self.knowledgeFile) {
            if let known = try? JSONDecoder().decode(Knowledge.self, from: Data(saved.readableBytesView)), known.upTo <= log.endOffset {
                knowledge = known
                savedUpTo = known.upTo
                for (id, producer) in known.producers { open[id] = producer.openFrom }
                // Compaction may have removed markers after this was written.
                if log.configuration.compacts { knowledge.aborted = try known.aborted.filter(hasMarker) }
            } else {
                // It tells of records that are lost; others will take their offsets.
                try log.store.remove(Self.knowledgeFile)
            }
        }
        try log.forEachBatch(from: max(log.startOffset, knowledge.upTo)) { header in
            guard header.producerID >= 0, header.baseOffset >= knowledge.upTo else { return }
            guard header.isControl else { return note(header, at: header.baseOffset, time: header.maxTimestamp) }
            let slice = try log.read(from: header.baseOffset, maxBytes: 1)
            guard let record = try ControlRecord(in: slice.bytes) else { return }
            noteEnd(
                record.kind, producerID: header.producerID, epoch: header.producerEpoch, at: header.baseOffset,
                time: header.maxTimestamp)
        }
    }

    private func hasMarker(_ transaction: AbortedTransaction) throws -> Bool {
        guard transaction.lastOffset >= log.startOffset else { return false }
        let found = try log.read(from: transaction.lastOffset, maxBytes: 1).bytes
        guard found.readableBytes > 0 else { return false }
        return try RecordBatchHeader(reading: found, at: found.readerIndex).baseOffset == transaction.lastOffset
    }
}
