internal import CLibrdkafka
import Synchronization

/// Reads delivery reports and settles who waits for them.
///
/// A record that someone awaits carries a retained ``OneShot`` as its opaque; a pipelined one
/// carries nothing and costs nothing here unless it failed.
///
/// That a record arrived is told by the thread that read the broker's answer (``settleArrivals(by:)``),
/// and not by the report that follows it: on its way to the background thread, and from there to the
/// task, an awaited send would change threads once more than C does. The report gives the room back and tells of failures.
final class DeliveryReports: Sendable {
    typealias Waiter = OneShot<Result<Delivery, KafkaError>>

    private struct State {
        var failures = 0
        var first: KafkaError?
        var roomFreed: RoomFreed?
    }

    /// Called after reports were destroyed, which is what frees room. A closure by itself would be wrapped anew, on
    /// the heap, each time it is taken out of the mutex.
    private struct RoomFreed {
        var call: @Sendable () -> Void
    }

    private let state = Mutex(State())
    /// Records in librdkafka whose senders await them.
    private let awaited = Atomic(0)

    /// Makes the opaque of a record that is about to be produced. Counted before librdkafka has
    /// the record, and its locks lie between that and the report.
    func opaque(of waiter: Waiter) -> UnsafeMutableRawPointer {
        awaited.add(1, ordering: .relaxed)
        return Unmanaged.passRetained(waiter).toOpaque()
    }

    /// Ends what ``opaque(of:)`` began: with the report, or because the record was refused.
    @discardableResult
    func take(_ opaque: UnsafeMutableRawPointer) -> Waiter {
        awaited.subtract(1, ordering: .relaxed)
        return Unmanaged<Waiter>.fromOpaque(opaque).takeRetainedValue()
    }

    func onRoomFreed(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.roomFreed = RoomFreed(call: body) }
    }

    /// How many pipelined records failed since the last call, and how the first one did.
    func takeFailures() -> (count: Int, first: KafkaError)? {
        state.withLock { state in
            defer { (state.failures, state.first) = (0, nil) }
            return state.first.map { (state.failures, $0) }
        }
    }

    /// Has librdkafka say at once what arrived, before it makes a report of it. It runs on a connection's
    /// thread, with locks held: it reads fields of the message and resumes a task, and no more.
    static func settleArrivals(by configuration: OpaquePointer?) {
        rd_kafka_conf_interceptor_add_on_new(configuration, "ferry", { client, _, _, _, _ in
            rd_kafka_interceptor_add_on_acknowledgement(client, "ferry", { _, message, _ in
                guard let message, let waiter = message.pointee._private, message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR
                else { return RD_KAFKA_RESP_ERR_NO_ERROR }
                // Still retained: the report takes it.
                Unmanaged<Waiter>.fromOpaque(waiter).takeUnretainedValue().resolve(.success(DeliveryReports.delivery(of: message)))
                return RD_KAFKA_RESP_ERR_NO_ERROR
            }, nil)
        }, nil)
    }

    func receive(_ event: OpaquePointer, from client: OpaquePointer) {
        // librdkafka reports together what one answer settled: without an error all of it has
        // arrived. To look at each all the same, for nobody, is a tenth of what a record costs.
        if rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR || awaited.load(ordering: .relaxed) > 0 {
            settleEach(of: event, client)
        }
        // A message counts against the local queue until its report is destroyed, so this
        // comes before the senders that wait for room.
        rd_kafka_event_destroy(event)
        state.withLock { $0.roomFreed }?.call()
    }

    private func settleEach(of event: OpaquePointer, _ client: OpaquePointer) {
        while let message = rd_kafka_event_message_next(event) {
            let waiter = message.pointee._private.map(take)
            guard message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            let failure = Self.failure(of: message, client)
            if let waiter { waiter.resolve(.failure(failure)) } else { noteFailure(failure) }
        }
    }

    private func noteFailure(_ error: KafkaError) {
        state.withLock { state in
            state.failures += 1
            if state.first == nil { state.first = error }
        }
    }

    private static func delivery(of message: UnsafePointer<rd_kafka_message_t>) -> Delivery {
        Delivery(
            topic: String(cString: rd_kafka_topic_name(message.pointee.rkt)),
            partition: message.pointee.partition,
            // Unknown (-1001) where a retry found the record stored already.
            offset: max(-1, message.pointee.offset),
            timestamp: rd_kafka_message_timestamp(message, nil)
        )
    }

    private static func failure(
        of message: UnsafePointer<rd_kafka_message_t>,
        _ client: OpaquePointer
    ) -> KafkaError {
        let partition = TopicPartition(
            String(cString: rd_kafka_topic_name(message.pointee.rkt)), message.pointee.partition
        )
        let error = KafkaError(native: message.pointee.err, "not delivered", topicPartition: partition)
        // The record that brought the client down has the reason for its code, later ones _FATAL.
        guard var fatal = KafkaError.fatal(of: client), error.isFatal || error.nativeCode == fatal.nativeCode
        else { return error }
        fatal.topicPartition = partition
        return fatal
    }
}
