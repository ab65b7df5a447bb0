import Logging
import NIOCore

/// Who produces under which transactional id, and what each open transaction touches (Kafka's `TransactionCoordinator`).
///
/// With one node and one thread, ending a transaction is one step: the decision is recorded, the markers are written, the offsets
/// become visible. A crash in between is mended at the next start from the recorded decision.
final class TransactionCoordinator {
    struct Transaction: Codable {
        enum Phase: String, Codable {
            /// Nothing is open.
            case idle
            case open
            /// Decided, and to be carried out whatever happens.
            case committing
            case aborting
        }

        var producerID: Int64
        var epoch: Int16
        var timeoutMilliseconds: Int64
        var phase = Phase.idle
        var startedAt: Int64 = 0
        var partitions: Set<OffsetStore.Place> = []
        var groups: Set<String> = []
        /// By group: what becomes visible with the commit.
        var offsets: [String: [OffsetStore.Place: OffsetStore.Committed]] = [:]
        /// Tells one transaction of an id from the next, for its timeout.
        var number = 0
    }

    private let loop: NIOIsolatedEventLoop
    private let logger: Logger
    private let now: () -> Int64
    private let topics: TopicStore
    private let offsets: OffsetStore
    private let log: StateLog<Transaction>
    private let producerIDs: StateLog<Int64>
    private var transactions: [String: Transaction] = [:]
    private var idsByProducer: [Int64: String] = [:]
    private var nextProducerID: Int64 = 1_000
    /// Called for every partition that a marker was written to.
    var onEnd: (Partition) -> Void = { _ in }

    init(
        folder: String?, loop: NIOIsolatedEventLoop, topics: TopicStore, offsets: OffsetStore, logger: Logger,
        now: @escaping () -> Int64
    ) throws {
        self.loop = loop
        self.logger = logger
        self.now = now
        self.topics = topics
        self.offsets = offsets
        log = try StateLog(at: folder.map { $0 + "/__transaction_state-0" }, logger: logger)
        producerIDs = try StateLog(at: folder.map { $0 + "/__producer_ids-0" }, logger: logger)
        nextProducerID = try producerIDs.readAll()["next"] ?? nextProducerID
        transactions = try log.readAll()
        for (id, transaction) in transactions {
            idsByProducer[transaction.producerID] = id
            switch transaction.phase {
            case .idle: break
            case .open: watch(id)
            case .committing: try carryOut(id, .commit)
            case .aborting: try carryOut(id, .abort)
            }
        }
    }

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
        let fenced: ErrorCode = version >= 4 ? .producerFenced : .invalidProducerEpoch
        if version >= 3, request.producerId.int >= 0 {
            guard request.producerId.int == transaction.producerID, request.producerEpoch.int16 >= transaction.epoch - 1,
                request.producerEpoch.int16 <= transaction.epoch
            else { throw fenced }
        }
        if transaction.phase == .open {
            try end(id, .abort, raisingEpoch: true)
            transaction = transactions[id] ?? transaction
        }
        if transaction.epoch >= Int16.max - 1 {
            idsByProducer[transaction.producerID] = nil
            transaction.producerID = try newProducerID()
            transaction.epoch = 0
        } else {
            transaction.epoch += 1
        }
        transaction.timeoutMilliseconds = timeout
        try save(transaction, id)
        return (transaction.producerID, transaction.epoch)
    }

    private func newProducerID() throws(ErrorCode) -> Int64 {
        defer { nextProducerID += 1 }
        // Ids are reserved by the thousand, so that most of them cost no write.
        if nextProducerID % 1_000 == 0 {
            do {
                try producerIDs.write(nextProducerID + 1_000, for: "next", at: now())
            } catch {
                throw .kafkaStorageError
            }
        }
        return nextProducerID
    }

    // MARK: What belongs to a transaction

    func add(partitions: [OffsetStore.Place], _ request: WireValue, version: Int16) throws(ErrorCode) {
        try change(request, version) { $0.partitions.formUnion(partitions) }
    }

    func add(group: String, _ request: WireValue, version: Int16) throws(ErrorCode) {
        try change(request, version) { $0.groups.insert(group) }
    }

    func add(
        offsets new: [OffsetStore.Place: OffsetStore.Committed], of group: String, _ request: WireValue
    ) throws(ErrorCode) {
        let transaction = try checked(request, fenced: .invalidProducerEpoch).transaction
        guard transaction.phase == .open, transaction.groups.contains(group) else { throw .invalidTxnState }
        try change(request, 0) { $0.offsets[group, default: [:]].merge(new) { $1 } }
    }

    /// Whether a transactional batch may be appended: only into a transaction that knows of the partition, or it would never end there.
    func permits(producerID: Int64, epoch: Int16, place: OffsetStore.Place) -> ErrorCode {
        guard let id = idsByProducer[producerID], let transaction = transactions[id] else { return .invalidProducerIDMapping }
        guard epoch == transaction.epoch else { return .invalidProducerEpoch }
        guard transaction.phase == .open, transaction.partitions.contains(place) else { return .invalidTxnState }
        return .none
    }

    /// Whether an open transaction holds an offset of this group back.
    func holdsBack(_ group: String, _ place: OffsetStore.Place) -> Bool {
        transactions.values.contains { $0.phase == .open && $0.offsets[group]?[place] != nil }
    }

    private func checked(
        _ request: WireValue, fenced: ErrorCode
    ) throws(ErrorCode) -> (id: String, transaction: Transaction) {
        let id = request.transactionalId.text
        guard let transaction = transactions[id], transaction.producerID == request.producerId.int else {
            throw .invalidProducerIDMapping
        }
        guard transaction.epoch == request.producerEpoch.int16 else { throw fenced }
        return (id, transaction)
    }

    private func change(
        _ request: WireValue, _ version: Int16, _ body: (inout Transaction) -> Void
    ) throws(ErrorCode) {
        var (id, transaction) = try checked(request, fenced: version >= 2 ? .producerFenced : .invalidProducerEpoch)
        let isNew = transaction.phase == .idle
        if isNew {
            transaction.phase = .open
            transaction.startedAt = now()
            transaction.number += 1
        }
        body(&transaction)
        try save(transaction, id)
        if isNew { watch(id) }
    }

    // MARK: Ending

    func end(_ request: WireValue, version: Int16) throws(ErrorCode) {
        let (id, transaction) = try checked(request, fenced: version >= 2 ? .producerFenced : .invalidProducerEpoch)
        guard transaction.phase == .open else {
            // A repeated request finds the work done.
            if transaction.number > 0 { return }
            throw .invalidTxnState
        }
        try end(id, request.committed.isTrue ? .commit : .abort, raisingEpoch: false)
    }

    private func end(_ id: String, _ kind: ControlRecord.Kind, raisingEpoch: Bool) throws(ErrorCode) {
        guard var transaction = transactions[id] else { return }
        transaction.phase = kind == .commit ? .committing : .aborting
        // A higher epoch fences whoever still writes under the old one.
        if raisingEpoch, transaction.epoch < Int16.max - 1 { transaction.epoch += 1 }
        try save(transaction, id)
        try carryOut(id, kind)
    }

    private func carryOut(_ id: String, _ kind: ControlRecord.Kind) throws(ErrorCode) {
        guard var transaction = transactions[id] else { return }
        do {
            for place in transaction.partitions {
                guard let partition = try? topics.partition(place.topic, place.partition) else { continue }
                try partition.end(kind, producerID: transaction.producerID, epoch: transaction.epoch, timestamp: now())
                onEnd(partition)
            }
            if kind == .commit {
                for (group, places) in transaction.offsets {
                    for (place, committed) in places { try offsets.commit(committed, of: group, at: place, now: now()) }
                }
            }
        } catch {
            logger.error("a transaction could not be ended", metadata: ["id": "\(id)", "error": "\(error)"])
            throw .kafkaStorageError
        }
        transaction.phase = .idle
        transaction.partitions = []
        transaction.groups = []
        transaction.offsets = [:]
        try save(transaction, id)
    }

    /// Aborts the transaction if it is still open when its time is up.
    private func watch(_ id: String) {
        guard let transaction = transactions[id] else { return }
        let left = max(0, transaction.startedAt + transaction.timeoutMilliseconds - now())
        loop.scheduleTask(in: .milliseconds(left)) { [weak self, number = transaction.number] in
            guard let self, let current = self.transactions[id], current.phase == .open, current.number == number else { return }
            self.logger.info("transaction aborted: it was open for too long", metadata: ["id": "\(id)"])
            try? self.end(id, .abort, raisingEpoch: true)
        }
    }

    private func save(_ transaction: Transaction, _ id: String) throws(ErrorCode) {
        transactions[id] = transaction
        idsByProducer[transaction.producerID] = id
        do {
            try log.write(transaction, for: id, at: now())
        } catch {
            throw .kafkaStorageError
        }
    }

    func maintain(now: Int64) throws {
        try log.maintain(now: now)
        try producerIDs.maintain(now: now)
    }

    var logs: [PartitionLog] { [log.log, producerIDs.log] }

    func close() throws {
        try log.close()
        try producerIDs.close()
    }
}
