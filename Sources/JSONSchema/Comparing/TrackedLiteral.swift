/// A schema that has been taken apart for those who must know what it evaluates.
struct TrackedLiteral: Sendable, Hashable {
    let literal: SchemaLiteral
    let trackers: [Int]
}
