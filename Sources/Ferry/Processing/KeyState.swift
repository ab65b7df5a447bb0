import EventContracts

/// All that a service remembers of one key: its state, and the effects and timers that are still pending.
///
/// One changelog record holds the whole of it, so it is restored as one, and never torn.
public struct KeyState<Contract: ServiceContract>: Sendable, Hashable {
    public var state: Contract.State?
    /// In the order in which they were asked for.
    public var effects: [PendingEffect<Contract.Effect>]
    /// In the order in which they were started.
    public var timers: [PendingTimer<Contract.Timer>]

    public init(
        state: Contract.State? = nil,
        effects: [PendingEffect<Contract.Effect>] = [],
        timers: [PendingTimer<Contract.Timer>] = []
    ) {
        self.state = state
        self.effects = effects
        self.timers = timers
    }

    /// Nothing is left to remember: the changelog takes a tombstone.
    public var isEmpty: Bool { state == nil && effects.isEmpty && timers.isEmpty }

    mutating func apply(_ outcome: Outcome<Contract>, context: Context, cause: CloudEvent) {
        switch outcome.state {
        case .unchanged: break
        case .set(let new): state = new
        case .removed: state = nil
        }
        let correlationID = cause.correlationID ?? cause.id
        for (index, request) in outcome.effects.enumerated() {
            effects.append(
                PendingEffect(
                    id: context.id("\(Contract.manifest.name)/effect/\(index)"),
                    idempotencyKey: request.idempotencyKey,
                    effect: request.effect,
                    correlationID: correlationID,
                    traceParent: cause.traceParent
                )
            )
        }
        for change in outcome.timers {
            apply(change, context: context, correlationID: correlationID)
        }
    }

    private mutating func apply(_ change: TimerChange<Contract.Timer>, context: Context, correlationID: String) {
        switch change {
        case .start(let timer, let id, let after):
            timers.removeAll { $0.timer == timer && $0.id == id }
            // Clients choose timestamps: one at the end of time must not stop the service.
            let (sum, isBeyond) = context.timeMilliseconds.addingReportingOverflow(after.wholeMilliseconds)
            let dueAt = isBeyond ? .max : sum
            timers.append(PendingTimer(timer: timer, id: id, dueAt: dueAt, correlationID: correlationID))
        case .cancel(let timer, let id):
            timers.removeAll { $0.timer == timer && $0.id == id }
        }
    }
}

extension Duration {
    /// Rounded up, so that a timer never fires early.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let perMillisecond: Int64 = 1_000_000_000_000_000
        return seconds * 1_000 + (attoseconds + perMillisecond - 1) / perMillisecond
    }
}
