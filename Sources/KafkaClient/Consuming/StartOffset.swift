/// Where reading of a partition starts.
public enum StartOffset: Sendable, Hashable {
    /// The oldest record still in the log.
    case earliest
    /// After the newest record.
    case latest
    /// The group's committed offset, else what ``ConsumerConfiguration/startWhenNoOffset`` says.
    case stored
    /// This offset. Where the log has no such offset, `startWhenNoOffset` applies.
    case at(Int64)
}
