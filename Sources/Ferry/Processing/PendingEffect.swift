import EventContracts

/// An effect whose result has not come back yet. Part of the key's state, so a restart performs it again.
public struct PendingEffect<Effect: Sendable & Hashable>: Sendable, Hashable {
    /// Derived from the input that asked for it; the result names it as its cause.
    public var id: String
    public var idempotencyKey: String
    public var effect: Effect
    public var correlationID: String
    public var traceParent: String?
}
