internal import CLibrdkafka
import Logging
import Synchronization

/// The consumer's queue: draining it, waiting at it, answering rebalances, leaving.
///
/// Unchecked: `buffer`, `capacity`, `errors` and `isClosed` belong to the one task that has the turn to
/// poll or to close (``PollTurn``); the pointers of queue and client never change.
final class ConsumerCore: @unchecked Sendable {
    /// Who may change the group or its offsets. librdkafka 2.0.2 aborts the process when a
    /// subscription or a commit reaches a group that has just ended, and a pause or resume then
    /// never returns.
    private enum Door {
        case open
        /// The close has begun and a rebalance waits for its answer, before which no group ends:
        /// a commit still gets through.
        case openForHook
        case shut
    }

    let handle: ClientHandle
    let rebalances: RebalanceInbox
    let wakeup = Wakeup()
    let name = "consumer"
    private let queue: OpaquePointer
    private var buffer: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var capacity = 1024
    private var errors: [KafkaError] = []
    private var isClosed = false

    /// rd_kafka_consume_batch_queue drops from its batch the records of a partition whose fetch
    /// version changes while it fills, after it has moved the position past them: in 2.0.2 the
    /// offsets are skipped when the partition is resumed (librdkafka #4208). A batch of one
    /// has nothing to drop, so that is what is asked for once a partition was paused, by the
    /// caller or by a cooperative rebalance, which pauses all of them. An eager rebalance
    /// starts again from the committed offsets and is not concerned.
    private let oneByOne = Atomic(false)
    private let door = Mutex(Door.open)
    /// How often topics were chosen.
    let choices = Atomic(0)

    init(_ configuration: NativeConfiguration, logger: Logger) throws(KafkaError) {
        let rebalances = RebalanceInbox()
        handle = try ClientHandle(
            .consumer, named: name, configuration,
            events: ClientEvents(for: configuration, logger: logger, rebalances: rebalances)
        )
        self.rebalances = rebalances
        queue = rd_kafka_queue_get_consumer(handle.client)
        buffer = .allocate(capacity: capacity)
        Self.signal(wakeup, by: queue)
    }

    deinit {
        buffer.deallocate()
        guard !isClosed else { return }
        // Dropped without a close. The signals have to end before their target does.
        Self.stopSignals(by: queue)
        rd_kafka_queue_destroy(queue)
    }

    /// The callback runs in a librdkafka thread, with the queue locked: it signals and no more.
    private static func signal(_ wakeup: Wakeup, by queue: OpaquePointer) {
        rd_kafka_queue_cb_event_enable(queue, { _, opaque in
            guard let opaque else { return }
            Unmanaged<Wakeup>.fromOpaque(opaque).takeUnretainedValue().signal()
        }, Unmanaged.passUnretained(wakeup).toOpaque())
    }

    private static func stopSignals(by queue: OpaquePointer) {
        rd_kafka_queue_cb_event_enable(queue, nil, nil)
    }

    func readOneByOne() {
        oneByOne.store(true, ordering: .relaxed)
    }

    /// For what changes the group, its offsets or what is read. Nothing that is called under the
    /// lock waits for the network.
    func pass(inHook: Bool = false, _ body: (OpaquePointer) throws(KafkaError) -> Void) throws(KafkaError) {
        try door.withLock { (door) throws(KafkaError) in
            guard door == .open || (inHook && door == .openForHook) else { throw .closed(name) }
            try handle.use(body)
        }
    }

    // MARK: - Draining

    /// Takes what is in the queue, never waiting, and shows the messages to `body`, whose
    /// memory is theirs until it returns. Errors are kept for ``takeError()``, rebalances land
    /// in the inbox.
    ///
    /// `nil`, and no call of `body`, if there are neither records nor notices.
    func drain<R>(
        upTo limit: Int,
        _ body: (consuming DrainedMessages) throws(KafkaError) -> R
    ) throws(KafkaError) -> R? {
        let count = fill(from: queue, upTo: limit)
        defer { for index in 0..<count { rd_kafka_message_destroy(buffer[index]) } }

        // Notices are rare: they are moved behind the records.
        var records = 0
        var ends: [TopicPartition: Int64] = [:]
        for index in 0..<count {
            guard let message = buffer[index] else { continue }
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                buffer[index] = buffer[records]
                buffer[records] = message
                records += 1
            } else {
                take(notice: message, &ends)
            }
        }
        if records == 0 && ends.isEmpty { return nil }
        return try body(DrainedMessages(records: UnsafeBufferPointer(start: buffer, count: records), ends: ends))
    }

    private func fill(from queue: OpaquePointer, upTo limit: Int) -> Int {
        if limit > capacity {
            buffer.deallocate()
            capacity = limit
            buffer = .allocate(capacity: capacity)
        }
        guard oneByOne.load(ordering: .relaxed) else {
            return max(0, rd_kafka_consume_batch_queue(queue, 0, buffer, limit))
        }
        var count = 0
        while count < limit, rd_kafka_consume_batch_queue(queue, 0, buffer + count, 1) == 1 { count += 1 }
        return count
    }

    private func take(
        notice message: UnsafeMutablePointer<rd_kafka_message_t>,
        _ ends: inout [TopicPartition: Int64]
    ) {
        let partition = message.pointee.rkt.map {
            TopicPartition(String(cString: rd_kafka_topic_name($0)), message.pointee.partition)
        }
        if message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF, let partition {
            ends[partition] = message.pointee.offset
            return
        }
        var error = KafkaError.fatal(of: handle.client)
            ?? KafkaError(native: message.pointee.err, topicPartition: partition)
        error.topicPartition = partition
        if let text = rd_kafka_message_errstr(message) { error.message = String(cString: text) }
        errors.append(error)
    }

    /// Whether a drain left an error or a rebalance to be seen to.
    var hasNews: Bool { !errors.isEmpty || !rebalances.isEmpty }

    func takeError() -> KafkaError? {
        errors.isEmpty ? nil : errors.removeFirst()
    }

    // MARK: - Rebalance

    /// Whether the partitions already belong to someone else.
    func isAssignmentLost() throws(KafkaError) -> Bool {
        try handle.use { rd_kafka_assignment_lost($0) != 0 }
    }

    /// Answers a rebalance: takes or gives up its partitions, all at once or in addition to
    /// the others, as the group's protocol has it. `accept: false` declines an assignment.
    func answer(_ rebalance: Rebalance, accept: Bool = true) async throws(KafkaError) {
        door.withLock { if $0 == .openForHook { $0 = .shut } }
        let isCooperative = try await handle.block(abandonable: false) { client -> Result<Bool, KafkaError> in
            let isCooperative = rd_kafka_rebalance_protocol(client).map { String(cString: $0) } == "COOPERATIVE"
            let list = accept ? rebalance.list : PartitionList([TopicPartition]())
            var error: KafkaError?
            switch (rebalance.kind, isCooperative) {
            case (.assign, true):
                error = .take(list.withPointer { rd_kafka_incremental_assign(client, $0) })
            case (.revoke, true):
                error = .take(list.withPointer { rd_kafka_incremental_unassign(client, $0) })
            case (.assign, false):
                let code = list.withPointer { rd_kafka_assign(client, $0) }
                if code != RD_KAFKA_RESP_ERR_NO_ERROR { error = KafkaError(native: code, "assign") }
            case (.revoke, false):
                let code = rd_kafka_assign(client, nil)
                if code != RD_KAFKA_RESP_ERR_NO_ERROR { error = KafkaError(native: code, "unassign") }
            }
            return error.map { .failure($0) } ?? .success(isCooperative)
        }
        if isCooperative { readOneByOne() }
    }

    // MARK: - End

    /// Leaves the group, with `answering` called for each rebalance on the way, and destroys
    /// the client. Has the turn. Called once.
    func close(answering: (Rebalance) async -> Void) async {
        door.withLock { $0 = .shut }
        // A second choice of topics may be postponed until a rebalance is over, and librdkafka still
        // takes it up when the group has ended, for which it then aborts the process. To unsubscribe
        // makes it forget. Not done without need: a static member without partitions would leave.
        if choices.load(ordering: .relaxed) > 1 { _ = try? handle.use { rd_kafka_unsubscribe($0) } }
        // An assignment nobody will read is declined rather than taken and given back.
        while let pending = rebalances.next() {
            if pending.kind == .assign {
                try? await answer(pending, accept: false)
            } else {
                door.withLock { $0 = .openForHook }
                await answering(pending)
            }
        }
        let left = await leave(answering: answering)
        rebalances.answerByItself()
        isClosed = true
        Self.stopSignals(by: queue)
        let queue = UInt(bitPattern: queue)
        await handle.destroy(flags: left ? 0 : ClientHandle.withoutLeaving) {
            rd_kafka_queue_destroy(OpaquePointer(bitPattern: queue))
        }
    }

    /// Whether the group was left in order. librdkafka 2.0.2 may never finish where a partition
    /// was lost (librdkafka #4187), and does not begin after a fatal error.
    private func leave(answering: (Rebalance) async -> Void) async -> Bool {
        guard let queue = try? handle.use({ rd_kafka_queue_new($0) }) else { return false }
        Self.signal(wakeup, by: queue)
        defer {
            Self.stopSignals(by: queue)
            rd_kafka_queue_destroy(queue)
        }
        let begun = try? handle.use { KafkaError.take(rd_kafka_consumer_close_queue($0, queue)) == nil }
        guard begun == true else { return false }
        var deadline = ContinuousClock.now + .seconds(10)
        while (try? handle.use { rd_kafka_consumer_closed($0) }) == 0 {
            for index in 0..<fill(from: queue, upTo: capacity) { rd_kafka_message_destroy(buffer[index]) }
            while let rebalance = rebalances.next() {
                door.withLock { $0 = .openForHook }
                await answering(rebalance)
                deadline = ContinuousClock.now + .seconds(10)
            }
            if deadline.remaining == .zero { return false }
            await wakeup.wait(for: .milliseconds(100))
        }
        return true
    }
}
