import EventContracts

/// Carries out the effects of a service: the only part of a service that touches the outside.
public protocol EffectPerformer<Contract>: Sendable {
    associatedtype Contract: ServiceContract

    /// Performs one call and tells how it went.
    ///
    /// A refusal by the other side is a result, not an error. Throwing means "not known, try again": the runtime
    /// repeats the call with the same key, with growing pauses, until it returns or the partition moves to
    /// another worker. Honour cancellation: it comes at shutdown and when the partition is taken away.
    func perform(_ effect: Contract.Effect, idempotencyKey: String) async throws -> Contract.EffectResult
}
