/// Whether a reader accepts whatever a writer may write.
public enum Containment: Sendable, Hashable {
    /// Proved: there is no document that the writer's schema allows and the reader's doesn't.
    case contained
    /// Refuted by a document. Both sides have validated it: the writer's schema allows it, the reader's has these violations.
    case refuted(witness: JSONValue, violations: [Violation])
    /// Neither was found. The reason says what stood in the way; it must be treated as a refusal.
    case unknown(reason: String)
}
