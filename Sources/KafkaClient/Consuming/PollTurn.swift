import Synchronization

/// Who may poll: one task at a time, until the close asks for the turn and keeps it.
final class PollTurn: Sendable {
    private enum State {
        case free
        case taken
        /// A close waits for the poll that runs to return.
        case wanted(OneShot<Void>)
        case ended
    }

    private let state = Mutex(State.free)

    var isWanted: Bool {
        state.withLock { if case .wanted = $0 { true } else { false } }
    }

    func take() throws(KafkaError) {
        let error = state.withLock { state -> KafkaError? in
            switch state {
            case .free:
                state = .taken
                return nil
            case .taken:
                return KafkaError(.invalidState, "another task polls this consumer")
            case .wanted, .ended:
                return .closed("consumer")
            }
        }
        if let error { throw error }
    }

    func giveBack() {
        let closer = state.withLock { state -> OneShot<Void>? in
            if case .wanted(let closer) = state {
                state = .ended
                return closer
            }
            state = .free
            return nil
        }
        closer?.resolve(())
    }

    /// Waits for the poll that runs, if one does, after `interrupt`. Called once.
    func takeForGood(interrupt: () -> Void) async {
        let freed = state.withLock { state -> OneShot<Void>? in
            guard case .taken = state else {
                state = .ended
                return nil
            }
            let freed = OneShot<Void>()
            state = .wanted(freed)
            return freed
        }
        guard let freed else { return }
        interrupt()
        await freed.value()
    }
}
