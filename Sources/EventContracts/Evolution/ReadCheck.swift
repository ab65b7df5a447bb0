import JSONSchema

/// Whether a reader of one version can read what a writer of another one writes.
public struct ReadCheck: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case accepted
        /// The writer's schema allows the witness, the reader's has these violations.
        case refuted(witness: JSONValue, violations: [Violation])
        /// Neither is proved. It must be treated as a refusal.
        case unknown(reason: String)
        /// The registry's rules forbid these differences.
        case forbidden([SchemaDifference])
    }

    public let writer: EventReference
    public let reader: EventReference
    public let outcome: Outcome
    /// From the writer's schema to the reader's, in the registry's words.
    public let differences: [SchemaDifference]

    public var isAccepted: Bool { outcome == .accepted }
}
