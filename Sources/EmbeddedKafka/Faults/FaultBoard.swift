import Foundation
import Synchronization

/// What a test wants to go wrong, and what it has seen so far. Safe to use from any task.
final class FaultBoard: Sendable {
    private struct State {
        var faults: [EmbeddedKafka.Fault] = []
        var requests: [EmbeddedKafka.ObservedRequest] = []
        var observes = false
        var clockShift: Int64 = 0
    }

    private let state = Mutex(State())

    /// Milliseconds since the epoch, as the broker sees them.
    func now() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000) + state.withLock { $0.clockShift }
    }

    func moveTime(by milliseconds: Int64) {
        state.withLock { $0.clockShift += milliseconds }
    }

    func add(_ fault: EmbeddedKafka.Fault) {
        state.withLock { $0.faults.append(fault) }
    }

    func clear() {
        state.withLock { $0.faults = [] }
    }

    func observe() {
        state.withLock { $0.observes = true }
    }

    var requests: [EmbeddedKafka.ObservedRequest] { state.withLock { $0.requests } }

    /// Notes a request, and takes the fault that it meets; one that is used up goes.
    func meet(_ request: @autoclosure () -> EmbeddedKafka.ObservedRequest) -> EmbeddedKafka.Fault.Action? {
        state.withLock { state in
            guard state.observes || !state.faults.isEmpty else { return nil }
            let request = request()
            if state.observes { state.requests.append(request) }
            guard let index = state.faults.firstIndex(where: { $0.applies(to: request) }) else { return nil }
            let action = state.faults[index].action
            state.faults[index].times -= 1
            if state.faults[index].times <= 0 { state.faults.remove(at: index) }
            return action
        }
    }
}
