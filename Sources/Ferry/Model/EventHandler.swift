import EventContracts

/// What a service decides: a pure function over recorded inputs.
///
/// A handler sees one input and the state of that input's key, and answers with what should
/// become of it. It has no clock, no random source and no connection: time and new identifiers come
/// from ``Context``, calls to the outside are returned as ``EffectRequest``s. The same input on the
/// same state therefore gives the same outcome, byte for byte, in production, in a test and in a replay.
///
/// Inputs of one key arrive in the order of their partition. A handler is called from one task at a
/// time per worker, and never suspends.
public protocol EventHandler<Contract>: Sendable {
    /// The types generated from the service's manifest.
    associatedtype Contract: ServiceContract

    /// Why a rule refuses an input: a plain enum of the domain, one case a reason.
    associatedtype Rejection: Error, Hashable, Sendable

    /// Decides one input.
    ///
    /// - Parameters:
    ///   - state: the state of the input's key, `nil` for a key that has none.
    /// - Throws: a ``Rejection`` when a rule refuses the input. State, effects and timers then stay as they were.
    func handle(
        _ input: Contract.Input,
        state: Contract.State?,
        context: Context
    ) throws(Rejection) -> Outcome<Contract>

    /// The events that tell the world of a refused input; empty when nobody needs to know.
    func reject(
        _ rejection: Rejection,
        of input: Contract.Input,
        state: Contract.State?,
        context: Context
    ) -> [Contract.Output]
}
