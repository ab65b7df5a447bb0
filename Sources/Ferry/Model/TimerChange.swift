/// A timer of a key, as data: kept with the key's state, so it survives a restart.
public enum TimerChange<Timer: Sendable & Hashable>: Sendable, Hashable {
    /// Fires once, `after` the time of the input that starts it, never earlier. The same timer and id again moves it.
    case start(Timer, id: String, after: Duration)
    /// Takes the timer back; nothing happens if it isn't pending.
    case cancel(Timer, id: String)
}
