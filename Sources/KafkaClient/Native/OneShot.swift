import Synchronization

/// A value that arrives once, from any thread, and is awaited by one task. The first value
/// wins; later ones are dropped, which is what settles the race between an answer, a
/// cancellation and a close.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        /// Nobody waits and nothing has arrived.
        case empty
        case waiting(CheckedContinuation<Value, Never>)
        /// Arrived before anyone waited.
        case arrived(Value)
        case taken
    }

    private let state = Mutex(State.empty)

    /// Whether this was the first value.
    @discardableResult
    func resolve(_ value: Value) -> Bool {
        let (first, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Value, Never>?) in
            switch state {
            case .empty:
                state = .arrived(value)
                return (true, nil)
            case .waiting(let continuation):
                state = .taken
                return (true, continuation)
            case .arrived, .taken:
                return (false, nil)
            }
        }
        waiter?.resume(returning: value)
        return first
    }

    /// Awaits the value. Called once.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let arrived = state.withLock { state -> Value? in
                if case .arrived(let value) = state {
                    state = .taken
                    return value
                }
                state = .waiting(continuation)
                return nil
            }
            if let arrived { continuation.resume(returning: arrived) }
        }
    }
}

extension OneShot {
    /// Awaits the value, or the cancellation of the task, whichever comes first.
    func value<Success>(
        onCancel: @escaping @Sendable () -> Void = {}
    ) async throws(KafkaError) -> Success where Value == Result<Success, KafkaError> {
        try await withTaskCancellationHandler {
            await value()
        } onCancel: {
            resolve(.failure(.cancelled))
            onCancel()
        }.get()
    }
}
