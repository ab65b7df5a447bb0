/// `contains`, asserted or denied.
struct ContainsDemand: Sendable {
    let literal: SchemaLiteral
    let minimum: Int
    /// `nil`: as many as there may be.
    let maximum: Int?
    let holds: Bool
}
