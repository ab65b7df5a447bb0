import Synchronization

/// The switches in force, and the dice that are thrown with them. Safe to use from any task; never blocks for long.
final class SwitchBoard: Sendable {
    /// What becomes of one call.
    struct Admission: Hashable, Sendable {
        /// How long the call waits before anything else.
        var delay: Duration
        /// Why it fails after that; `nil` if it goes on.
        var interruption: Interruption?
    }

    private struct State: Sendable {
        var switches: Switches
        var dice: SeededGenerator
        var attemptedKeys: Set<String> = []
    }

    private let state: Mutex<State>

    /// - Parameter seed: makes the sequence of failing calls: the same seed, the same sequence.
    init(_ switches: Switches = Switches(), seed: UInt64) {
        state = Mutex(State(switches: switches, dice: SeededGenerator(seed: seed)))
    }

    var switches: Switches { state.withLock { $0.switches } }

    /// Changes what the change names, at once and for all calls that come after.
    ///
    /// - Returns: all switches as they are now.
    /// - Throws: ``FieldFault``; no switch is changed then.
    @discardableResult
    func apply(_ change: SwitchChange) throws(FieldFault) -> Switches {
        try state.withLock { (state) throws(FieldFault) -> Switches in
            state.switches = try change.applied(to: state.switches)
            return state.switches
        }
    }

    /// Decides one call. The dice are thrown only if there is a rate of errors, so a time without errors doesn't move the sequence.
    func admit() -> Admission {
        state.withLock { state in
            let delay = Duration.milliseconds(state.switches.latencyMs)
            if state.switches.outage { return Admission(delay: delay, interruption: .outage) }
            let rate = state.switches.errorRate
            let fails = rate > 0 && Double.random(in: 0..<1, using: &state.dice) < rate
            return Admission(delay: delay, interruption: fails ? .injectedError : nil)
        }
    }

    /// Whether a key is seen for the first time here. It is not the second time, whatever became of the first.
    func isFirstAttempt(key: String) -> Bool {
        state.withLock { $0.attemptedKeys.insert(key).inserted }
    }
}
