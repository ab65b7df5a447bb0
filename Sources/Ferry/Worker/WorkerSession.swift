import EventContracts
import KafkaClient
import Logging
import ServiceLifecycle

/// One membership of a worker in its group, from joining to leaving, with one epoch of its transactional producer.
///
/// Everything happens in the one loop of ``run()``: the rebalance hooks are awaited inside `poll`, so no partition comes or
/// goes while a batch is in hand.
actor WorkerSession<Handler: EventHandler, Performer: EffectPerformer>: RebalanceListener
where Performer.Contract == Handler.Contract {
    typealias Contract = Handler.Contract

    private let configuration: WorkerConfiguration
    private let topics: ServiceTopics
    private let announcement: ContractAnnouncement
    private let logger: Logger
    private let processor: Processor<Handler>
    private let consumer: Consumer
    private let transactions: TransactionalProducer
    private let feedback: FeedbackWriter<Contract>
    private let effects: EffectRunner<Performer>

    private var stores: [Int32: PartitionStore<Contract>] = [:]
    private var timers = TimerQueue<Contract.Timer>()
    private var counters = SessionCounters()
    /// Why the state can't be restored. The poll tells of a hook that failed, not of what no new session can mend.
    private var refusal: WorkerError?

    init(
        _ handler: Handler, performer: Performer, announcement: ContractAnnouncement, configuration: WorkerConfiguration,
        logger: Logger
    ) throws(KafkaError) {
        self.announcement = announcement
        self.configuration = configuration
        self.logger = logger
        let topics = ServiceTopics(Contract.manifest, prefix: configuration.topicPrefix)
        self.topics = topics
        processor = Processor(handler, topics: topics)
        let member = configuration.instance.map { "\(topics.group)-\($0)" }
        consumer = try Consumer(
            ConsumerConfiguration(configuration.kafka, groupID: topics.group, instanceID: member), logger: logger)
        transactions = try TransactionalProducer(
            configuration.kafka,
            transactionalID: member ?? "\(topics.group)-\(DerivedID.random())",
            logger: logger
        )
        let feedback = try FeedbackWriter<Contract>(
            topics: topics, producer: Producer(configuration.kafka, logger: logger), now: configuration.now)
        self.feedback = feedback
        effects = EffectRunner(performer: performer, limit: configuration.concurrentEffects, logger: logger) {
            result, job in
            try await feedback.write(result, of: job.pending, key: job.key, partition: job.partition)
        }
    }

    /// Something was committed: the brokers were there, and a following failure is a new one.
    var madeProgress: Bool { counters.transactions > 0 }

    func run() async throws {
        do {
            try await TopicCheck(topics: topics, consumer: consumer, timeout: configuration.transactionTimeout).run()
            try await transactions.initialize(timeout: configuration.transactionTimeout)
            await ContractAnnouncer(
                announcement: announcement, topic: topics.contracts, consumer: consumer, producer: feedback.producer,
                timeout: configuration.transactionTimeout, logger: logger
            ).announce()
            try consumer.subscribe(topics.inputs, listener: self)
            logger.info("worker started", metadata: ["group": "\(topics.group)", "topics": "\(topics.inputs)"])
            while !Task.isShuttingDownGracefully {
                try Task.checkCancellation()
                try await fireDueTimers()
                let batch = try await consumer.poll(maxRecords: configuration.maximumBatch, timeout: pollTimeout())
                try await process(batch.records.map(InputRecord.init))
                counters.logProgress(to: logger)
            }
        } catch {
            await leave(grace: .zero)
            throw refusal ?? error
        }
        await leave(grace: configuration.shutdownGrace)
        logger.info("worker stopped", metadata: counters.metadata)
    }

    private func leave(grace: Duration) async {
        await effects.stop(grace: grace)
        await feedback.close()
        await transactions.close()
        await consumer.close()
    }

    /// Until something may have to be done without a record: a timer is due, or a shutdown was asked for.
    private func pollTimeout() -> Duration {
        let idle = Duration.milliseconds(250)
        guard let due = timers.nextDue else { return idle }
        return min(idle, .milliseconds(max(0, due - configuration.now())))
    }

    // MARK: Partitions

    func partitionsAssigned(_ partitions: [TopicPartition]) async throws {
        let new = Set(partitions.map(\.partition)).subtracting(stores.keys).sorted()
        let restorer = StateRestorer<Contract>(
            kafka: configuration.kafka, topic: topics.changelog, timeout: configuration.transactionTimeout, logger: logger)
        let restored: [Int32: [String: KeyState<Contract>]]
        do {
            restored = try await restorer.restore(new)
        } catch let error as WorkerError {
            refusal = error
            throw error
        }
        for partition in new {
            let states = restored[partition] ?? [:]
            stores[partition] = PartitionStore(restored: states)
            var jobs: [EffectRunner<Performer>.Job] = []
            for (key, state) in states.sorted(by: { $0.key < $1.key }) {
                jobs += state.effects.map { .init(partition: partition, key: key, pending: $0) }
                for timer in state.timers { timers.add(timer, partition: partition, key: key) }
            }
            await effects.start(jobs)
        }
        logger.info(
            "partitions assigned",
            metadata: ["partitions": "\(new)", "keys": "\(restored.values.reduce(0) { $0 + $1.count })"])
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) async {
        let gone = Set(partitions.map(\.partition)).sorted()
        for partition in gone {
            stores[partition] = nil
            timers.remove(partition: partition)
            await effects.end(partition: partition)
        }
        logger.info("partitions revoked", metadata: ["partitions": "\(gone)", "lost": "\(lost)"])
    }

    private func fireDueTimers() async throws {
        var fired = false
        while let entry = timers.takeDue(at: configuration.now()) {
            guard let store = stores[entry.partition], store.current(entry.key).timers.contains(entry.pending) else {
                continue
            }
            try await feedback.write(fired: entry.pending, key: entry.key, partition: entry.partition)
            fired = true
        }
        if fired { try await feedback.flush(timeout: configuration.transactionTimeout) }
    }

    // MARK: Batches

    private func process(_ records: [InputRecord]) async throws {
        guard !records.isEmpty else { return }
        do {
            try await transact(records)
        } catch .recordTooLarge(let culprit, let detail) {
            try await processAround(culprit, detail, in: records)
        } catch .aborted(let error) {
            logger.warning("transaction aborted, reading the batch again", metadata: ["error": "\(error)"])
            try await rewind(records)
        } catch .failed(let error) {
            throw error
        }
    }

    /// A batch that holds an oversized record is done again: around it, or record by record where the broker didn't say
    /// which one it was.
    private func processAround(_ culprit: Position?, _ detail: String, in records: [InputRecord]) async throws {
        guard let culprit = culprit ?? Self.only(records)?.position else {
            for record in records { try await process([record]) }
            return
        }
        guard let index = records.firstIndex(where: { $0.position == culprit }) else { return }
        try await process(Array(records[..<index]))
        do {
            try await transact([records[index]], deadLetter: DeadLetterReason(.recordTooLarge, detail))
        } catch .recordTooLarge(_, let detail) {
            throw WorkerError.topics("\(culprit): not even its dead letter fits the broker's limit: \(detail)")
        } catch .aborted(let error) {
            throw error
        } catch .failed(let error) {
            throw error
        }
        try await process(Array(records[(index + 1)...]))
    }

    private static func only(_ records: [InputRecord]) -> InputRecord? {
        records.count == 1 ? records[0] : nil
    }

    /// One transaction: offsets, events, dead letters and changelog of `records`, all or nothing.
    private func transact(
        _ records: [InputRecord],
        deadLetter reason: DeadLetterReason? = nil
    ) async throws(TransactionFailure) {
        do {
            try transactions.begin()
        } catch {
            throw .failed(error)
        }
        do {
            let work = try await write(records, deadLetter: reason)
            try await transactions.commit(
                work.nextOffsets, group: try consumer.groupMetadata(), timeout: configuration.transactionTimeout)
            await committed(work)
        } catch {
            for partition in stores.keys { stores[partition]?.rollback() }
            throw await abort(after: error)
        }
    }

    /// Writes what comes of the records, and the changelog of the keys that they change, into the open transaction.
    private func write(_ records: [InputRecord], deadLetter reason: DeadLetterReason?) async throws -> BatchWork<Performer> {
        var work = BatchWork<Performer>()
        for record in records {
            let key = Processor<Handler>.key(of: record)
            let partition = record.position.partition
            var current = KeyState<Contract>()
            if let key, let store = stores[partition] { current = store.current(key) }
            let step: Step<Contract>
            if let reason {
                step = processor.deadLetter(record, reason)
            } else {
                step = processor.process(record, current: current)
            }
            for outgoing in step.records { try await enqueue(outgoing, cause: record.position) }
            if let key, let change = step.change {
                stores[partition, default: PartitionStore()].stage(change, for: key)
                work.add(change.keyState, replacing: current, key: key, partition: partition, cause: record.position)
            }
            work.consumed(record, disposition: step.disposition)
        }
        try await writeChangelog(work)
        return work
    }

    private func enqueue(_ record: OutgoingRecord, cause: Position?) async throws {
        do {
            try await transactions.enqueue(ProducerRecord(record))
        } catch {
            guard error.code == .messageTooLarge else { throw error }
            throw TransactionFailure.recordTooLarge(cause, "\(record.topic): \(error)")
        }
    }

    private func writeChangelog(_ work: BatchWork<Performer>) async throws {
        for (partition, store) in stores.sorted(by: { $0.key < $1.key }) {
            for (key, value) in store.changes {
                let record = OutgoingRecord(
                    topic: topics.changelog, partition: partition, timestamp: nil,
                    key: Array(key.utf8), value: value)
                try await enqueue(record, cause: work.lastCause(of: key, partition: partition))
            }
        }
    }

    private func committed(_ work: BatchWork<Performer>) async {
        for partition in stores.keys { stores[partition]?.commit() }
        for timer in work.timers { timers.add(timer.pending, partition: timer.partition, key: timer.key) }
        await effects.start(work.effects)
        counters.add(work.dispositions)
        for (position, reason) in work.deadLetters {
            logger.warning(
                "dead letter",
                metadata: ["position": "\(position)", "class": "\(reason.errorClass.rawValue)", "reason": "\(reason.detail)"])
        }
    }

    /// Takes the transaction back where that is enough; otherwise the failure ends the session.
    private func abort(after error: any Error) async -> TransactionFailure {
        let failure = Self.classify(error)
        if case .failed = failure { return failure }
        do {
            try await transactions.abort(timeout: configuration.transactionTimeout)
            return failure
        } catch {
            return .failed(error)
        }
    }

    private static func classify(_ error: any Error) -> TransactionFailure {
        if let failure = error as? TransactionFailure { return failure }
        guard let error = error as? KafkaError else { return .failed(error) }
        if error.code == .messageTooLarge { return .recordTooLarge(nil, "\(error)") }
        return error.requiresAbort ? .aborted(error) : .failed(error)
    }

    /// Positions the consumer at the start of a batch that didn't happen. Partitions that were taken away meanwhile
    /// stay away: the next poll tells.
    private func rewind(_ records: [InputRecord]) async throws {
        var starts: [TopicPartition: Int64] = [:]
        for record in records {
            let partition = TopicPartition(record.position.topic, record.position.partition)
            starts[partition] = min(starts[partition] ?? .max, record.position.offset)
        }
        let owned = Set(try consumer.assignment())
        for (partition, offset) in starts where owned.contains(partition) {
            try await consumer.seek(partition, to: offset, timeout: configuration.transactionTimeout)
        }
    }
}
