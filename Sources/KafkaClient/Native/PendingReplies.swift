internal import CLibrdkafka
import Synchronization

/// Requests whose answers arrive as events on the background queue.
///
/// The opaque of a request is a number, not a pointer: an answer that librdkafka drops when
/// the client is destroyed then leaks nothing, and one that comes after its caller has gone
/// finds nobody.
final class PendingReplies: Sendable {
    /// Gets the event, to read but not to keep; or `nil` when the client closes.
    typealias Receiver = @Sendable (OpaquePointer?) -> Void

    private struct State {
        var next: UInt = 1
        var receivers: [UInt: Receiver] = [:]
    }

    private let state = Mutex(State())

    func add(_ receiver: @escaping Receiver) -> UnsafeMutableRawPointer? {
        let number = state.withLock { state in
            defer { state.next += 1 }
            state.receivers[state.next] = receiver
            return state.next
        }
        return UnsafeMutableRawPointer(bitPattern: number)
    }

    /// For a request that could not even be made.
    func remove(_ opaque: UnsafeMutableRawPointer?) {
        _ = state.withLock { $0.receivers.removeValue(forKey: UInt(bitPattern: opaque)) }
    }

    func receive(_ event: OpaquePointer) {
        let number = UInt(bitPattern: rd_kafka_event_opaque(event))
        let receiver = state.withLock { $0.receivers.removeValue(forKey: number) }
        receiver?(event)
    }

    func close() {
        let receivers = state.withLock { state in
            defer { state.receivers = [:] }
            return state.receivers.values
        }
        for receiver in receivers { receiver(nil) }
    }
}
