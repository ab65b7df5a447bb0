/// A call to the outside, as data.
///
/// The runtime performs it after the transaction that holds it has committed, at least once, always with
/// the same idempotency key, and one at a time per record key. Its result comes back as an input.
public struct EffectRequest<Effect: Sendable & Hashable>: Sendable, Hashable {
    /// Names this one call to the other side, which must answer a repeated key with its first answer
    /// (draft-ietf-httpapi-idempotency-key-header).
    public var idempotencyKey: String

    public var effect: Effect

    public init(idempotencyKey: String, _ effect: Effect) {
        self.idempotencyKey = idempotencyKey
        self.effect = effect
    }
}
