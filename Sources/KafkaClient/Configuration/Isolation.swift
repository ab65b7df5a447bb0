/// Whether records of transactions that are open or were aborted are seen.
public enum Isolation: String, Sendable, Hashable {
    /// Only what was committed, and nothing behind the oldest open transaction.
    case readCommitted = "read_committed"
    case readUncommitted = "read_uncommitted"
}
