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

    /// What is remembered of the key from now on; `nil` when it stays as it was.
    public var change: Change?

    /// A new state of a key, with the text that its changelog record will have: proven to be writable before anything is written.
    public struct Change: Sendable, Hashable {
        public var keyState: KeyState<Contract>
        /// `nil` is a tombstone.
        public var changelogValue: [UInt8]?
    }

    init(_ disposition: Disposition, records: [OutgoingRecord] = [], change: Change? = nil) {
        self.disposition = disposition
        self.records = records
        self.change = change
    }

    /// What is remembered of the key from now on; `nil` when it stays as it was.
    public var keyState: KeyState<Contract>? { change?.keyState }
}
