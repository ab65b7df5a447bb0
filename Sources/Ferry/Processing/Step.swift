import EventContracts

/// What one input record comes to: the answer of ``Processor``, without any of it having happened yet.
public struct Step<Contract: ServiceContract>: Sendable, Hashable {
    public enum Disposition: Sendable, Hashable {
        /// The handler accepted it.
        case handled
        /// A rule refused it; the events that tell so are in ``Step/records``.
        case rejected(reason: String)
        /// It isn't for this service, or has had its effect already.
        case ignored(IgnoreReason)
        /// It could not be processed and is preserved in the dead letter topic.
        case deadLettered(DeadLetterReason)
    }

    public var disposition: Disposition

    /// Events and dead letters, in the order in which they must be written.
    public var records: [OutgoingRecord]

    /// The state of the key from now on; `nil` when it stays as it was.
    public var keyState: KeyState<Contract>?

    init(_ disposition: Disposition, records: [OutgoingRecord] = [], keyState: KeyState<Contract>? = nil) {
        self.disposition = disposition
        self.records = records
        self.keyState = keyState
    }
}
