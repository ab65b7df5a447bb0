import Logging
import Synchronization

/// Reads records: as a member of a group (``subscribe(_:listener:)``), or of given partitions
/// (``assign(_:)``).
///
/// Nothing happens behind the caller's back: records, rebalances and errors come out of
/// ``poll(maxRecords:timeout:)`` and only there, so a caller that does not poll for
/// `max.poll.interval.ms` is taken for stuck and loses its partitions, as it should.
/// librdkafka fetches ahead, up to `queued.max.messages.kbytes` for all partitions: a slow
/// caller bounds memory, not the broker.
///
/// Queries (``committed(_:timeout:)``, ``watermarks(_:timeout:)`` and the like) run one after
/// another on a thread of this consumer. When the task is cancelled they end at once with
/// ``KafkaError/Code-swift.struct/cancelled``.
public final class Consumer: StatisticsSource {
    private let core: ConsumerCore
    private let configuration: ConsumerConfiguration
    private let logger: Logger
    private let turn = PollTurn()
    private let listener = Mutex<(any RebalanceListener)?>(nil)
    private let closing = Mutex<Task<Void, Never>?>(nil)

    /// The consumer whose rebalance hook the current task runs.
    @TaskLocal private static var hookOwner: ObjectIdentifier?

    /// Connects in the background: a broker that cannot be reached is not an error here.
    public init(_ configuration: ConsumerConfiguration, logger: Logger) throws(KafkaError) {
        core = try ConsumerCore(configuration.native(), logger: logger)
        self.configuration = configuration
        self.logger = logger
    }

    // MARK: - What to read

    /// Joins the group for these topics, instead of those before. A name that begins with `^`
    /// is a regular expression over all topics. A topic that does not exist is an error of a
    /// later poll, not of this call. No topics: leaves the group.
    ///
    /// The listener replaces the one before.
    public func subscribe(
        _ topics: [String],
        listener: (any RebalanceListener)? = nil
    ) throws(KafkaError) {
        guard configuration.groupID != nil else {
            throw KafkaError(.invalidState, "a consumer without a group cannot subscribe")
        }
        self.listener.withLock { $0 = listener }
        try core.subscribe(topics)
    }

    /// Reads these partitions instead of those before, outside of any group's assignment.
    public func assign(_ partitions: [TopicPartition: StartOffset]) throws(KafkaError) {
        if configuration.groupID == nil, partitions.values.contains(.stored) {
            throw KafkaError(.invalidState, "a consumer without a group has no stored offsets")
        }
        try core.assign(partitions)
    }

    /// The partitions that are read now: for a member of a group, those that its last
    /// rebalance left it with.
    public func assignment() throws(KafkaError) -> [TopicPartition] {
        try core.assignment()
    }

    // MARK: - Reading

    /// Waits for the first record, notice, error or rebalance, but not longer than `timeout`;
    /// then takes what is there, up to `maxRecords`. An empty batch says that the time is over,
    /// or that a rebalance was handled.
    ///
    /// One task at a time: a second call throws ``KafkaError/Code-swift.struct/invalidState``.
    ///
    /// A rebalance found behind records is handled by the next call, before any further
    /// record; until then the partitions are this consumer's and their offsets can be
    /// committed. What a listener throws is thrown here: a ``KafkaError`` as it is, any other
    /// error as ``KafkaError/Code-swift.struct/rebalanceHookFailed``.
    ///
    /// A connection that is refused (``KafkaError/Code-swift.struct/authentication``) is thrown when
    /// there is nothing else, and again for as long as it is refused, about twice a minute.
    ///
    /// An error ends no subscription: unless ``KafkaError/isFatal``, poll on. Cancellation is
    /// looked at only when there is nothing to return, so no record is lost by it; the
    /// consumer stays usable.
    public nonisolated(nonsending) func poll(maxRecords: Int, timeout: Duration) async throws(KafkaError) -> ConsumerBatch {
        try await take(maxRecords: maxRecords, timeout: timeout) { $0.batch() } ?? ConsumerBatch()
    }

    /// As ``poll(maxRecords:timeout:)``, but shows the records where they lie instead of copying
    /// them: no allocation per record. `nil` when the time is over or a rebalance was handled.
    ///
    /// `body` runs to its end before anything else is taken; keep it short and let what must
    /// outlive it be copied. If it throws, the records are handed out all the same.
    public nonisolated(nonsending) func withBatch<R: Sendable>(
        maxRecords: Int,
        timeout: Duration,
        _ body: (borrowing BorrowedBatch) throws(KafkaError) -> R
    ) async throws(KafkaError) -> R? {
        try await take(maxRecords: maxRecords, timeout: timeout) { (drained) throws(KafkaError) in
            try body(BorrowedBatch(drained: drained))
        }
    }

    /// The records one by one.
    public var records: ConsumerRecords { ConsumerRecords(consumer: self) }

    /// `nil` when the time is over or a rebalance was handled.
    private nonisolated(nonsending) func take<R>(
        maxRecords: Int,
        timeout: Duration,
        _ read: (consuming DrainedMessages) throws(KafkaError) -> R
    ) async throws(KafkaError) -> R? {
        try turn.take()
        defer { turn.giveBack() }
        let deadline = ContinuousClock.now + timeout
        while true {
            if let error = core.takeError() { throw error }
            if let rebalance = core.rebalances.next() {
                try await handle(rebalance)
                return nil
            }
            if let taken = try core.drain(upTo: max(1, maxRecords), read) { return taken }
            if core.hasNews { continue }
            // A reader who only waits would never learn of it.
            if let refusal = core.handle.events.trouble.takeRefusal() { throw refusal }

            if turn.isWanted { throw .closed("consumer") }
            if Task.isCancelled { throw .cancelled }
            let left = deadline.remaining
            if left == .zero { return nil }
            // Looking at the queue is what tells librdkafka that the caller is alive, so a long
            // wait looks up now and then.
            await core.wakeup.wait(for: min(left, .seconds(1)))
        }
    }

    // MARK: - Rebalance

    private nonisolated(nonsending) func handle(_ rebalance: Rebalance) async throws(KafkaError) {
        let partitions = rebalance.partitions
        switch rebalance.kind {
        case .assign:
            do throws(KafkaError) {
                try await runHook { try await $0.partitionsAssigned(partitions) }
            } catch {
                try await core.answer(rebalance, accept: false)
                throw error
            }
            try await core.answer(rebalance)
        case .revoke:
            let lost = try core.isAssignmentLost()
            do throws(KafkaError) {
                try await runHook { try await $0.partitionsRevoked(partitions, lost: lost) }
            } catch {
                try await core.answer(rebalance)
                throw error
            }
            try await core.answer(rebalance)
        }
    }

    private nonisolated(nonsending) func runHook(
        _ hook: @escaping @Sendable (any RebalanceListener) async throws -> Void
    ) async throws(KafkaError) {
        guard let listener = listener.withLock({ $0 }) else { return }
        do {
            try await Self.$hookOwner.withValue(ObjectIdentifier(self)) {
                guard let limit = configuration.hookTimeout else { return try await hook(listener) }
                try await withThrowingTaskGroup { group in
                    group.addTask { try await hook(listener) }
                    group.addTask {
                        try await Task.sleep(for: limit)
                        throw KafkaError(.rebalanceHookFailed, "the hook took longer than \(limit)")
                    }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            }
        } catch let error as KafkaError {
            throw error
        } catch {
            throw KafkaError(.rebalanceHookFailed, "\(error)")
        }
    }

    // MARK: - Offsets

    /// Commits for the group: each partition's offset to read next. Returns once the
    /// coordinator has them.
    ///
    /// A group that has moved on without this member answers
    /// ``KafkaError/Code-swift.struct/unknownMember``. If the task is cancelled, whether the
    /// offsets were committed is not known.
    public func commit(_ next: [TopicPartition: Int64]) async throws(KafkaError) {
        guard configuration.groupID != nil else {
            throw KafkaError(.invalidState, "a consumer without a group cannot commit")
        }
        try await core.commit(next)
    }

    /// The group's committed offsets; `nil` where there is none. Times out for as long as an
    /// open transaction holds offsets of these partitions.
    public func committed(
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        guard configuration.groupID != nil else {
            throw KafkaError(.invalidState, "a consumer without a group has no committed offsets")
        }
        return try await core.committed(partitions, timeout: timeout)
    }

    /// Per partition the offset after the last record handed out; `nil` before the first.
    public func position(_ partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartition: Int64?] {
        try core.position(partitions)
    }

    /// Reads on from this offset. The partition must be assigned, and none of its records
    /// from before the call are handed out after it.
    public func seek(
        _ partition: TopicPartition,
        to offset: Int64,
        timeout: Duration
    ) async throws(KafkaError) {
        try await core.seek(partition, to: offset, timeout: timeout)
    }

    /// Hands out nothing more of these partitions until they are resumed, while the consumer
    /// remains a live member. A rebalance that takes a partition away forgets its pause.
    public func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
        try core.pause(partitions)
    }

    public func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
        try core.resume(partitions)
    }

    // MARK: - Queries

    /// This member within its group, for ``TransactionalProducer/sendOffsets(_:group:timeout:)``.
    public func groupMetadata() throws(KafkaError) -> ConsumerGroupMetadata {
        ConsumerGroupMetadata(handle: try core.groupMetadata())
    }

    /// Asks the partition's leader.
    public func watermarks(
        _ partition: TopicPartition,
        timeout: Duration
    ) async throws(KafkaError) -> Watermarks {
        try await core.watermarks(partition, timeout: timeout)
    }

    /// Per partition the first offset whose timestamp is at or after the given one, in
    /// milliseconds since the epoch; `nil` if there is none.
    public func offsets(
        at time: [TopicPartition: Int64],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        try await core.offsets(at: time, timeout: timeout)
    }

    /// How far the group is behind: per partition the records between its committed offset, or
    /// the oldest record where there is none, and the end. Counts what control records and
    /// compaction leave out.
    public func lag(
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        let deadline = ContinuousClock.now + timeout
        let committed = try await committed(partitions, timeout: timeout)
        var lag: [TopicPartition: Int64] = [:]
        for partition in partitions {
            let ends = try await watermarks(partition, timeout: deadline.remaining)
            let next = max(committed[partition].flatMap { $0 } ?? ends.low, ends.low)
            lag[partition] = max(0, ends.high - next)
        }
        return lag
    }

    /// The partition numbers of a topic, ascending. Throws
    /// ``KafkaError/Code-swift.struct/unknownTopicOrPartition`` if it does not exist, and does
    /// not create it.
    public func partitions(of topic: String, timeout: Duration) async throws(KafkaError) -> [Int32] {
        let topics = try await core.handle.metadata(.topic(topic), timeout: timeout).topics
        guard let found = topics.first(where: { $0.name == topic }) else {
            throw KafkaError(.unknownTopicOrPartition, "no topic \(topic)")
        }
        if let error = found.error { throw error }
        return found.partitions.map(\.id).sorted()
    }

    public func statistics() throws(KafkaError) -> Statistics? {
        try core.handle.events.statistics.last()
    }

    // MARK: - End

    /// Gives up the partitions (the listener is awaited), leaves the group unless the member
    /// is static, and releases every thread, socket and byte. Commits nothing.
    ///
    /// A poll that runs ends first, with what it has. Commits get through until the partitions are
    /// given up: commit in the listener, not beside the close. Idempotent, safe from any task, and not
    /// interrupted by cancellation; later callers wait for the first. Within a rebalance hook
    /// the call returns at once and the close follows the hook.
    public func close() async {
        let task = closing.withLock { closing in
            let task = closing ?? Task { await self.closeOnce() }
            closing = task
            return task
        }
        if Self.hookOwner == ObjectIdentifier(self) { return }
        await task.value
    }

    private func closeOnce() async {
        await turn.takeForGood(interrupt: core.wakeup.signal)
        await core.close { rebalance in
            do throws(KafkaError) {
                try await self.handle(rebalance)
            } catch {
                self.logger.warning("A rebalance during close failed", metadata: ["error": "\(error)"])
            }
        }
        // A listener that knows its consumer would keep both alive.
        listener.withLock { $0 = nil }
    }
}
