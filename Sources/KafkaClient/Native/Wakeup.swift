import Synchronization

/// A signal that sticks until it is consumed, for one waiting task.
///
/// librdkafka signals a queue only when it turns from empty to non-empty. A signal that falls
/// between "the queue is empty" and "now I wait" would be lost on a plain condition
/// (rust-rdkafka #665, #840); here it is kept, and the waiter drains the queue to its end
/// before it waits again.
final class Wakeup: Sendable {
    private enum State {
        case idle
        case signalled
        case waiting(CheckedContinuation<Void, Never>, wait: Int)
    }

    private let state = Mutex((State.idle, waits: 0))

    func signal() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state.0 {
            case .idle, .signalled:
                state.0 = .signalled
                return nil
            case .waiting(let continuation, _):
                state.0 = .idle
                return continuation
            }
        }
        waiter?.resume()
    }

    /// Returns upon a signal, after `timeout`, or when the task is cancelled, and never throws:
    /// the caller looks at the world again in any case. One waiter at a time.
    func wait(for timeout: Duration) async {
        let wait = state.withLock { state in
            state.waits += 1
            return state.waits
        }
        let timer = Task {
            try? await Task.sleep(for: timeout)
            self.end(wait)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let signalled = state.withLock { state -> Bool in
                    if case .signalled = state.0 {
                        state.0 = .idle
                        return true
                    }
                    state.0 = .waiting(continuation, wait: wait)
                    return false
                }
                if signalled {
                    continuation.resume()
                } else if Task.isCancelled {
                    // The handler below may have run before there was anyone to wake.
                    end(wait)
                }
            }
        } onCancel: {
            end(wait)
        }
        timer.cancel()
    }

    /// Ends this wait and no later one: a timer may fire after its wait is over.
    private func end(_ wait: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .waiting(let continuation, wait) = state.0 else { return nil }
            state.0 = .idle
            return continuation
        }
        waiter?.resume()
    }
}
