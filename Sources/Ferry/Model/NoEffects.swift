import EventContracts

/// The performer of a service whose manifest declares no effects.
public struct NoEffects<Contract: ServiceContract>: EffectPerformer where Contract.Effect == NoEffect {
    public init() {}

    public func perform(_ effect: NoEffect, idempotencyKey: String) async throws -> Contract.EffectResult {}
}
