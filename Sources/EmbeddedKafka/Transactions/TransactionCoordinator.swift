import Logging
import NIOCore

/// Who produces under which transactional id, and what becomes of its transactions (Kafka's `TransactionCoordinator`).
///
/// A transaction ends in three steps: the decision is recorded, the markers are written and the offsets become visible, its end is noted.
/// A crash in between is mended at the next start from the recorded decision.
final class TransactionCoordinator {
    static let logName = "__transaction_state"
    static let producerLogName = "__producer_ids"

    let logger: Logger
    let topics: TopicStore
    let offsets: OffsetStore
    let timers: Timers
    let now: () -> Int64
    private let state: StateLog<Transaction>
    private let producerIDs: StateLog<Int64>
    private(set) var transactions: [String: Transaction] = [:]
    /// The ids whose transactions are open or not ended yet.
    private(set) var unfinished: Set<String> = []
    private var idsByProducer: [Int64: String] = [:]
    private var nextProducerID: Int64 = 1_000
    private var timeouts: [String: Timers.Timer] = [:]
    /// Called for every partition that a marker was written to.
    var onEnd: (Partition) -> Void = { _ in }
    /// Calls back when what was recorded is as safe as the broker promises.
    var whenSafe: (@escaping (_ isSafe: Bool) -> Void) -> Void = { $0(true) }

    init(_ storage: Storage, topics: TopicStore, offsets: OffsetStore, timers: Timers, logger: Logger, now: @escaping () -> Int64) throws {
        self.topics = topics
        self.offsets = offsets
        self.timers = timers
        self.logger = logger
        self.now = now
        state = try StateLog(Self.logName, in: storage)
        producerIDs = try StateLog(Self.producerLogName, in: storage)
        nextProducerID = try producerIDs.readAll()["next"] ?? nextProducerID
        for (id, transaction) in try state.readAll() {
            note(transaction, id)
            if transaction.phase == .open { watch(id) }
        }
        try finishDecided()
        try endOrphans()
    }

    var logs: [PartitionLog] { [state.log, producerIDs.log] }

    // MARK: Producers

    func initialize(_ request: WireValue, version: Int16) throws(ErrorCode) -> (producerID: Int64, epoch: Int16) {
        guard let id = request.transactionalId.optionalText else { return (try newProducerID(), 0) }
        guard !id.isEmpty else { throw .invalidRequest }
        let timeout = request.timeoutMs.int
        guard timeout > 0, timeout <= 900_000 else { throw .invalidTransactionTimeout }
        guard var transaction = transactions[id] else {
            let transaction = Transaction(producerID: try newProducerID(), epoch: 0, timeoutMilliseconds: timeout)
            try save(transaction, id)
            return (transaction.producerID, transaction.epoch)
        }
        // A producer that goes on after an error says who it was; one that begins says nothing.
        let goesOn = version >= 3 && request.producerId.int >= 0
        if goesOn {
            let epoch = request.producerEpoch.int16
            guard request.producerId.int == transaction.producerID, epoch == transaction.epoch || epoch == transaction.previousEpoch else {
                throw version >= 4 ? .producerFenced : .invalidProducerEpoch
            }
            if epoch == transaction.previousEpoch { return (transaction.producerID, transaction.epoch) }
        }
        if transaction.phase == .open { try end(id, .abort, fencing: true) { _ in } }
        transaction = transactions[id] ?? transaction
        guard !transaction.isDecided else { throw .concurrentTransactions }
        if transaction.epoch >= Int16.max - 1 {
            idsByProducer[transaction.producerID] = nil
            transaction.producerID = try newProducerID()
            transaction.epoch = 0
            transaction.previousEpoch = nil
        } else {
            transaction.previousEpoch = goesOn ? transaction.epoch : nil
            transaction.epoch += 1
        }
        transaction.timeoutMilliseconds = timeout
        transaction.phase = .empty
        try save(transaction, id)
        return (transaction.producerID, transaction.epoch)
    }

    private func newProducerID() throws(ErrorCode) -> Int64 {
        defer { nextProducerID += 1 }
        // Ids are reserved by the thousand, so that most of them cost no write.
        if nextProducerID % 1_000 == 0 {
            do {
                try producerIDs.write([("next", nextProducerID + 1_000)], at: now())
            } catch {
                throw .kafkaStorageError
            }
        }
        return nextProducerID
    }

    // MARK: What belongs to a transaction

    func add(partitions: [OffsetStore.Place], _ request: WireValue, version: Int16) throws(ErrorCode) {
        try change(request, fenced: Self.fenced(version)) { $0.partitions.formUnion(partitions) }
    }

    func add(group: String, _ request: WireValue, version: Int16) throws(ErrorCode) {
        try change(request, fenced: Self.fenced(version)) { $0.groups.insert(group) }
    }

    func add(offsets new: [OffsetStore.Place: OffsetStore.Committed], of group: String, _ request: WireValue) throws(ErrorCode) {
        let transaction = try checked(request, fenced: .invalidProducerEpoch).transaction
        guard transaction.phase == .open, transaction.groups.contains(group) else { throw .invalidTxnState }
        try change(request, fenced: .invalidProducerEpoch) { $0.offsets[group, default: [:]].merge(new) { $1 } }
    }

    /// Refuses a transactional batch unless its transaction knows of the partition, or it would never end there.
    func checkAppend(_ header: RecordBatchHeader, to place: OffsetStore.Place) throws(ErrorCode) {
        guard let id = idsByProducer[header.producerID], let transaction = transactions[id] else { throw .invalidProducerIDMapping }
        guard header.producerEpoch == transaction.epoch else { throw .invalidProducerEpoch }
        guard transaction.phase == .open, transaction.partitions.contains(place) else { throw .invalidTxnState }
    }

    /// Whether a transaction that isn't over holds an offset of this group back.
    func holdsBack(_ group: String, _ place: OffsetStore.Place) -> Bool {
        unfinished.contains { transactions[$0]?.offsets[group]?[place] != nil }
    }

    /// What a producer of an older epoch is told, by the version it speaks.
    private static func fenced(_ version: Int16) -> ErrorCode { version >= 2 ? .producerFenced : .invalidProducerEpoch }

    private func checked(_ request: WireValue, fenced: ErrorCode) throws(ErrorCode) -> (id: String, transaction: Transaction) {
        let id = request.transactionalId.text
        guard let transaction = transactions[id], transaction.producerID == request.producerId.int else { throw .invalidProducerIDMapping }
        guard transaction.epoch == request.producerEpoch.int16 else { throw fenced }
        guard !transaction.isDecided else { throw .concurrentTransactions }
        return (id, transaction)
    }

    private func change(_ request: WireValue, fenced: ErrorCode, _ body: (inout Transaction) -> Void) throws(ErrorCode) {
        var (id, transaction) = try checked(request, fenced: fenced)
        let isNew = transaction.phase != .open
        if isNew {
            transaction.phase = .open
            transaction.startedAt = now()
        }
        let before = transaction
        body(&transaction)
        if isNew || transaction != before { try save(transaction, id) }
        if isNew { watch(id) }
    }

    /// Aborts the transaction if it is still open when its time is up.
    private func watch(_ id: String) {
        guard let transaction = transactions[id] else { return }
        let left = transaction.startedAt + transaction.timeoutMilliseconds - now()
        timeouts[id]?.cancel()
        timeouts[id] = timers.after(milliseconds: max(0, left)) { [weak self] in
            guard let self, self.transactions[id]?.phase == .open else { return }
            self.logger.info("transaction aborted: it was open for too long", metadata: ["id": "\(id)"])
            do {
                try self.end(id, .abort, fencing: true) { _ in }
            } catch {
                self.logger.error("transaction could not be aborted", metadata: ["id": "\(id)", "error": "\(error)"])
            }
        }
    }

    // MARK: Ending

    func end(_ request: WireValue, version: Int16, reply: @escaping (ErrorCode) -> Void) {
        do throws(ErrorCode) {
            let (id, transaction) = try checked(request, fenced: Self.fenced(version))
            let isCommit = request.committed.isTrue
            switch transaction.phase {
            case .open: try end(id, isCommit ? .commit : .abort, fencing: false, then: reply)
            // A repeated request finds the work done.
            case .committed where isCommit, .aborted where !isCommit: reply(.none)
            default: throw .invalidTxnState
            }
        } catch {
            reply(error)
        }
    }

    /// - Parameter fencing: raises the epoch, so that whoever still writes under the old one is refused.
    private func end(
        _ id: String, _ kind: ControlRecord.Kind, fencing: Bool, then: @escaping (ErrorCode) -> Void
    ) throws(ErrorCode) {
        guard var transaction = transactions[id] else { throw .invalidProducerIDMapping }
        transaction.phase = kind == .commit ? .committing : .aborting
        if fencing {
            transaction.previousEpoch = nil
            if transaction.epoch < Int16.max { transaction.epoch += 1 }
        }
        try save(transaction, id)
        timeouts.removeValue(forKey: id)?.cancel()
        // The markers tell readers of a decision: it must not be lost where they are kept.
        whenSafe { [weak self] isSafe in
            guard isSafe, let self else { return then(.kafkaStorageError) }
            do throws(ErrorCode) {
                try self.carryOut(id)
                then(.none)
            } catch {
                then(error)
            }
        }
    }

    /// Carries out what was decided and not finished: after a crash, or when the disk had failed.
    func finishDecided() throws(ErrorCode) {
        for id in unfinished.sorted() where transactions[id]?.isDecided == true { try carryOut(id) }
    }

    private func carryOut(_ id: String) throws(ErrorCode) {
        guard var transaction = transactions[id], transaction.isDecided else { return }
        let isCommit = transaction.phase == .committing
        do {
            for place in transaction.partitions {
                guard let partition = try? topics.partition(place.topic, place.partition) else { continue }
                try partition.end(
                    isCommit ? .commit : .abort, producerID: transaction.producerID, epoch: transaction.epoch, now: now())
                onEnd(partition)
            }
            for (group, places) in transaction.offsets where isCommit { try offsets.commit(places, of: group, now: now()) }
        } catch {
            logger.error("a transaction could not be ended", metadata: ["id": "\(id)", "error": "\(error)"])
            throw .kafkaStorageError
        }
        transaction.end(isCommit ? .committed : .aborted)
        try save(transaction, id)
    }

    /// A power cut may have kept records of a transaction and lost that it was open: nobody would ever end it.
    private func endOrphans() throws {
        for topic in topics.topics.values {
            for partition in topic.partitions {
                let place = OffsetStore.Place(topic: topic.name, partition: partition.index)
                for producerID in partition.open.keys {
                    let transaction = idsByProducer[producerID].flatMap { transactions[$0] }
                    if transaction?.phase == .open, transaction?.partitions.contains(place) == true { continue }
                    logger.warning("a transaction that nobody knows of is aborted", metadata: ["topic": "\(topic.name)"])
                    try partition.end(.abort, producerID: producerID, epoch: partition.epoch(of: producerID), now: now())
                }
            }
        }
    }

    // MARK: Remembering

    private func save(_ transaction: Transaction, _ id: String) throws(ErrorCode) {
        do {
            try state.write([(id, transaction)], at: now())
        } catch {
            logger.error("a transaction could not be recorded", metadata: ["id": "\(id)", "error": "\(error)"])
            throw .kafkaStorageError
        }
        note(transaction, id)
    }

    private func note(_ transaction: Transaction, _ id: String) {
        transactions[id] = transaction
        idsByProducer[transaction.producerID] = id
        if transaction.phase == .open || transaction.isDecided { unfinished.insert(id) } else { unfinished.remove(id) }
    }
}
