internal import CLibrdkafka
import Synchronization

/// The last error of a client's connections. It is no error of any call (librdkafka reconnects by
/// itself), but it is what the reader of a timeout wants to know.
final class ConnectionTrouble: Sendable {
    private struct Seen {
        let error: KafkaError
        let at: ContinuousClock.Instant
        var isTold = false

        /// Whether the other side is to be expected to refuse once more: librdkafka tries again within
        /// ten seconds (`reconnect.backoff.max.ms`), and repeats what stays the same after thirty.
        var isRefusal: Bool { error.code == .authentication && at.duration(to: .now) < .seconds(60) }
    }

    private let last = Mutex<Seen?>(nil)

    func note(_ error: KafkaError) {
        last.withLock { last in
            // Comes behind the reason why the last of them is down, and says less.
            if last != nil, error.nativeCode == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN.rawValue { return }
            last = Seen(error: error, at: .now)
        }
    }

    /// Out of time, or without a broker, for a reason: with it beside the message. If that is a
    /// refusal it is the error's code too; whether the call may be repeated stays as it was.
    func explain(_ error: KafkaError) -> KafkaError {
        guard error.code == .timedOut || error.code == .brokerUnavailable, let last = last.withLock({ $0 }) else { return error }
        var explained = error
        explained.message += " (last seen: \(last.error.message))"
        if last.isRefusal { explained.code = .authentication }
        return explained
    }

    /// A refusal that nobody has been told of by this.
    func takeRefusal() -> KafkaError? {
        last.withLock { last in
            guard let seen = last, seen.isRefusal, !seen.isTold else { return nil }
            last?.isTold = true
            return seen.error
        }
    }
}
