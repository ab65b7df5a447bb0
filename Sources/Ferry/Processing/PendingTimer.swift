/// A timer that has not fired yet. Part of the key's state.
public struct PendingTimer<Timer: Sendable & Hashable>: Sendable, Hashable {
    public var timer: Timer
    public var id: String
    /// Milliseconds since the epoch.
    public var dueAt: Int64
    public var correlationID: String
}
