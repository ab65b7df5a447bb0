import Logging
import Synchronization

/// Writes records in transactions: all of one, together with the consumed offsets given to it,
/// or nothing.
///
/// Order of calls: ``initialize(timeout:)`` once, then ``begin()``, ``enqueue(_:)`` and
/// ``sendOffsets(_:group:timeout:)`` as often as needed, and ``commit(timeout:)`` or
/// ``abort(timeout:)``. An error says what it asks for:
/// - ``KafkaError/isFatal``: close this producer and make a new one with the same id;
/// - ``KafkaError/requiresAbort``: abort, rewind the input to the committed offsets, begin anew;
/// - ``KafkaError/isRetriable``: the same call again, with the same arguments. After a
///   `commit` or `abort` that ran out of time its outcome is **not known**: call it again until
///   it answers, or close this producer and initialize another with the same id, which settles
///   the matter by fencing. Never go on to another transaction from there.
///
/// Calls that talk to the broker run one after another on a thread of this producer. Once the
/// call has started, cancellation of the task does not interrupt it: its result decides what
/// is in the log.
///
/// Beside what ``Producer`` sets, `retry.backoff.ms` is 10 (the default of 100 sits between one
/// transaction's end and the next one's first offsets) and `transaction.timeout.ms` is 10,000
/// (an open transaction of a dead worker hides what lies behind it for that long).
public final class TransactionalProducer: StatisticsSource {
    let core: ProducerCore
    private let closing = Mutex<Task<Void, Never>?>(nil)

    public init(
        _ configuration: KafkaConfiguration,
        transactionalID: String,
        options: ProducerOptions = ProducerOptions(),
        logger: Logger
    ) throws(KafkaError) {
        core = try ProducerCore(
            named: "transactional producer",
            NativeConfiguration(
                configuration,
                defaults: options.properties + [
                    ("retry.backoff.ms", "10"), ("transaction.timeout.ms", "10000"),
                ],
                required: [("transactional.id", transactionalID), ("enable.idempotence", "true")]
            ),
            logger: logger
        )
    }

    /// Fences every earlier producer with this transactional id and aborts what it left open.
    /// Once, before anything else.
    public func initialize(timeout: Duration) async throws(KafkaError) {
        try await core.transact(.initialize, within: timeout)
    }

    /// Local: the broker learns of the transaction with its first record.
    public func begin() throws(KafkaError) {
        try core.beginTransaction()
    }

    /// Returns once the record is in the local queue, copied. A failed delivery surfaces in
    /// ``commit(timeout:)``. Cancellation counts only while the call waits for room; then the
    /// record is not sent.
    public nonisolated(nonsending) func enqueue(_ record: ProducerRecord) async throws(KafkaError) {
        try await core.enqueue(record)
    }

    /// As ``enqueue(_:)``, but returns with the record's place in the log. The record is there
    /// for readers only once the transaction is committed.
    public nonisolated(nonsending) func send(_ record: ProducerRecord) async throws(KafkaError) -> Delivery {
        try await core.send(record)
    }

    /// Makes the offsets of a consumer part of the transaction. `next` holds, for each
    /// partition, the offset to read next: that of the last record taken, plus one.
    ///
    /// If the group has moved on without the consumer the error requires an abort.
    public func sendOffsets(
        _ next: [TopicPartition: Int64],
        group: ConsumerGroupMetadata,
        timeout: Duration
    ) async throws(KafkaError) {
        try await core.transact(.sendOffsets(PartitionList(next), group.handle), within: timeout)
    }

    /// Flushes and commits. A retriable error is met by the same call again until `timeout`;
    /// one that remains leaves the outcome open (see the type's description).
    public func commit(timeout: Duration) async throws(KafkaError) {
        do throws(KafkaError) {
            try await core.transact(.commit, within: timeout)
        } catch {
            throw blamed(error)
        }
    }

    /// ``sendOffsets(_:group:timeout:)`` and ``commit(timeout:)`` in one: the task changes threads once instead of
    /// twice, which shows where transactions are small. `timeout` is for both.
    ///
    /// Offsets that are not taken in time ask for an abort: nothing is committed then. So a retriable error is the
    /// commit's, and ``commit(timeout:)`` is what to call again.
    public func commit(
        _ next: [TopicPartition: Int64],
        group: ConsumerGroupMetadata,
        timeout: Duration
    ) async throws(KafkaError) {
        do throws(KafkaError) {
            try await core.commit(PartitionList(next), group.handle, within: timeout)
        } catch {
            throw blamed(error)
        }
    }

    /// librdkafka only says that some delivery failed.
    private func blamed(_ error: KafkaError) -> KafkaError {
        guard error.requiresAbort, let cause = core.reports.takeFailures() else { return error }
        var blamed = error
        blamed.message += "; first of \(cause.count) failed records: \(cause.first)"
        blamed.topicPartition = cause.first.topicPartition
        return blamed
    }

    /// Drops what is queued and aborts. Retried as ``commit(timeout:)`` is.
    public func abort(timeout: Duration) async throws(KafkaError) {
        try await core.transact(.abort, within: timeout)
    }

    public func statistics() throws(KafkaError) -> Statistics? {
        try core.handle.events.statistics.last()
    }

    /// Releases every thread, socket and byte. A transaction left open is not committed: the
    /// broker aborts it after `transaction.timeout.ms`, or when the next producer with this id
    /// initializes. Idempotent, safe from any task, not interrupted by cancellation.
    public func close() async {
        let core = core
        let task = closing.withLock { closing in
            let task = closing ?? Task { _ = await core.close(timeout: .zero) }
            closing = task
            return task
        }
        await task.value
    }
}
