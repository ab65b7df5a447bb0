import Logging
import Synchronization

/// Writes records. Idempotent (`enable.idempotence`), acknowledged by all in-sync replicas
/// (`acks=all`), and partitioned as the Java client does (`murmur2_random`), unless the
/// properties say otherwise.
///
/// Records of one task to one partition arrive in the order of the calls, and once. A full
/// local queue (`queue.buffering.max.messages`, `queue.buffering.max.kbytes`) suspends the
/// caller; suspended callers continue in the order in which they came.
///
/// Safe from any task. ``close(timeout:)`` is the caller's to call: a producer that is dropped
/// without it drops what it has not delivered.
public final class Producer: StatisticsSource {
    let core: ProducerCore
    private let closing = Mutex<Task<Int, Never>?>(nil)

    /// Connects in the background: a broker that cannot be reached is not an error here.
    public init(
        _ configuration: KafkaConfiguration,
        options: ProducerOptions = ProducerOptions(),
        logger: Logger
    ) throws(KafkaError) {
        guard configuration.properties["transactional.id"] == nil else {
            throw KafkaError(.invalidConfiguration, "transactional.id belongs to a TransactionalProducer")
        }
        core = try ProducerCore(
            named: "producer",
            NativeConfiguration(configuration, defaults: options.properties),
            logger: logger
        )
    }

    /// Returns once the broker has acknowledged the record; throws what became of it otherwise,
    /// at the latest after `message.timeout.ms`.
    ///
    /// If the task is cancelled while the call waits for room, the record is not sent. Later,
    /// the call ends at once with ``KafkaError/Code-swift.struct/cancelled`` and the record may
    /// still arrive.
    public nonisolated(nonsending) func send(_ record: ProducerRecord) async throws(KafkaError) -> Delivery {
        do throws(KafkaError) {
            return try await core.send(record)
        } catch {
            throw core.handle.explained(error)
        }
    }

    /// Sends all, in their order, and returns when each is acknowledged or failed: an outcome per
    /// record, in the same order. They share round trips, so this costs about as much as the
    /// slowest of them alone. A record that is refused holds up none of the others.
    ///
    /// If the task is cancelled, what waits for room is not sent, what was sent may still
    /// arrive, and both end with ``KafkaError/Code-swift.struct/cancelled``.
    public nonisolated(nonsending) func send(
        contentsOf records: some Sequence<ProducerRecord>
    ) async -> [Result<Delivery, KafkaError>] {
        var outcomes = await core.send(records)
        for index in outcomes.indices {
            if case .failure(let error) = outcomes[index] { outcomes[index] = .failure(core.handle.explained(error)) }
        }
        return outcomes
    }

    /// Returns once the record is in the local queue, copied. What fails later is thrown by the
    /// next ``flush(timeout:)``.
    ///
    /// Cancellation counts only while the call waits for room; then the record is not sent.
    public nonisolated(nonsending) func enqueue(_ record: ProducerRecord) async throws(KafkaError) {
        try await core.enqueue(record)
    }

    /// Waits until every record so far was delivered or failed, without waiting for `linger.ms`.
    /// Throws the first failure of an ``enqueue(_:)`` since the last flush, or
    /// ``KafkaError/Code-swift.struct/timedOut`` when the time is over; the records stay in the
    /// queue then. Cancellation ends the wait alone.
    public func flush(timeout: Duration) async throws(KafkaError) {
        try await core.flush(timeout: timeout)
        if let failures = core.reports.takeFailures() { throw core.handle.explained(failures.first) }
    }

    /// Drops the records that are still in the local queue, with `inFlight` also those that
    /// were sent and not acknowledged (which may yet arrive). Each fails with
    /// ``KafkaError/Code-swift.struct/purged``.
    public func purge(inFlight: Bool = false) throws(KafkaError) {
        try core.purge(inFlight: inFlight)
    }

    /// Records accepted and not yet delivered or failed.
    public var queuedRecords: Int { core.queuedCount }

    /// Callers suspended because the local queue is full.
    public var waitingSenders: Int { core.waitingCount }

    public func statistics() throws(KafkaError) -> Statistics? {
        try core.handle.events.statistics.last()
    }

    /// Refuses new records, gives those in the queue `timeout` to arrive, fails the rest, and
    /// releases every thread, socket and byte.
    ///
    /// Idempotent, safe from any task, and not interrupted by cancellation; later callers wait
    /// for the first.
    /// - Returns: how many records were lost without anyone being told by ``flush(timeout:)``:
    ///   those given up now, and those of ``enqueue(_:)`` that failed since the last flush.
    @discardableResult
    public func close(timeout: Duration = .seconds(10)) async -> Int {
        let core = core
        let task = closing.withLock { closing in
            let task = closing ?? Task { await core.close(timeout: timeout) }
            closing = task
            return task
        }
        return await task.value
    }
}
