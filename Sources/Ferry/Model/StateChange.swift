/// What becomes of the state of a key.
public enum StateChange<State: Sendable & Hashable>: Sendable, Hashable {
    /// The state stays as it was; nothing is written to the changelog for it.
    case unchanged
    /// The key now has this state.
    case set(State)
    /// The key has no state any more; the changelog gets a tombstone once no effect or timer is pending either.
    case removed
}
