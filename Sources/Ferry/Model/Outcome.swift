import EventContracts

/// What a handler makes of one input. All of it takes effect in one transaction, or none of it does.
public struct Outcome<Contract: ServiceContract>: Sendable, Hashable {
    /// What becomes of the key's state.
    public var state: StateChange<Contract.State>

    /// Published to the service's own topics, in this order, under the input's key.
    public var events: [Contract.Output]

    /// Calls to the outside, performed after the transaction has committed.
    public var effects: [EffectRequest<Contract.Effect>]

    /// Timers of this key to start or to cancel, applied in this order.
    public var timers: [TimerChange<Contract.Timer>]

    public init(
        state: StateChange<Contract.State> = .unchanged,
        events: [Contract.Output] = [],
        effects: [EffectRequest<Contract.Effect>] = [],
        timers: [TimerChange<Contract.Timer>] = []
    ) {
        self.state = state
        self.events = events
        self.effects = effects
        self.timers = timers
    }

    /// The input is understood and changes nothing.
    public static var nothing: Self { Self() }
}
