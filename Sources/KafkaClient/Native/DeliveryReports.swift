internal import CLibrdkafka
import Synchronization

/// Reads delivery reports and settles who waits for them.
///
/// A record that someone awaits carries a retained ``OneShot`` as its opaque; a pipelined one
/// carries nothing and costs nothing here unless it failed.
final class DeliveryReports: Sendable {
    typealias Waiter = OneShot<Result<Delivery, KafkaError>>

    private struct State {
        var failures = 0
        var first: KafkaError?
        /// Called with the client after reports were destroyed, which is what frees room.
        var roomFreed: (@Sendable () -> Void)?
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
        state.withLock { $0.roomFreed = body }
    }

    /// How many pipelined records failed since the last call, and how the first one did.
    func takeFailures() -> (count: Int, first: KafkaError)? {
        state.withLock { state in
            defer { (state.failures, state.first) = (0, nil) }
            return state.first.map { (state.failures, $0) }
        }
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
        state.withLock { $0.roomFreed }?()
    }

    private func settleEach(of event: OpaquePointer, _ client: OpaquePointer) {
        while let message = rd_kafka_event_message_next(event) {
            if let opaque = message.pointee._private {
                take(opaque).resolve(Self.outcome(of: message, client))
            } else if message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                noteFailure(Self.failure(of: message, client))
            }
        }
    }

    private func noteFailure(_ error: KafkaError) {
        state.withLock { state in
            state.failures += 1
            if state.first == nil { state.first = error }
        }
    }

    private static func outcome(
        of message: UnsafePointer<rd_kafka_message_t>,
        _ client: OpaquePointer
    ) -> Result<Delivery, KafkaError> {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(failure(of: message, client))
        }
        return .success(Delivery(
            topic: String(cString: rd_kafka_topic_name(message.pointee.rkt)),
            partition: message.pointee.partition,
            // Unknown (-1001) where a retry found the record stored already.
            offset: max(-1, message.pointee.offset),
            timestamp: rd_kafka_message_timestamp(message, nil)
        ))
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
