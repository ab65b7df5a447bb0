/// Why an input was passed over without loss.
public enum IgnoreReason: String, Sendable, Hashable {
    /// The topic carries events that this service doesn't declare; readers are open.
    case undeclaredType = "undeclared-type"
    /// The result of an effect that is no longer pending: a crash made it happen twice, and the first one counted.
    case effectNotPending = "effect-not-pending"
    /// A timer that was cancelled, moved, or has fired already.
    case timerNotPending = "timer-not-pending"
}
