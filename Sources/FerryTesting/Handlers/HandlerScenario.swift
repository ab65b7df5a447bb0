import EventContracts
import Ferry

/// Given, when, then for a handler, without Kafka: one key, its state carried from input to input.
///
///     var cart = HandlerScenario(CartHandler(), key: "cart-1")
///     cart.when(.addItem(…))
///     #expect(cart.events == [.itemAdded(…)])
///
/// It runs the handler alone: encoding, validation and dead letters are the business of `Processor`.
public struct HandlerScenario<Handler: EventHandler> {
    public typealias Contract = Handler.Contract

    private let handler: Handler
    private let key: String
    private var inputs = 0

    /// The state of the key after the last input.
    public private(set) var state: Contract.State?
    /// The events of the last input.
    public private(set) var events: [Contract.Output] = []
    /// The effects that the last input asked for.
    public private(set) var effects: [EffectRequest<Contract.Effect>] = []
    /// What the last input did to timers.
    public private(set) var timers: [TimerChange<Contract.Timer>] = []
    /// Why the last input was refused; `nil` if it wasn't.
    public private(set) var rejection: Handler.Rejection?

    public init(_ handler: Handler, key: String, given state: Contract.State? = nil) {
        self.handler = handler
        self.key = key
        self.state = state
    }

    /// The context that the next input will have, to name the identifiers that it derives.
    public func nextContext(at timeMilliseconds: Int64 = 0) -> Context {
        Context(key: key, inputID: "input-\(inputs + 1)", inputSource: "/test", timeMilliseconds: timeMilliseconds)
    }

    public mutating func when(_ input: Contract.Input, at timeMilliseconds: Int64 = 0) {
        let context = nextContext(at: timeMilliseconds)
        inputs += 1
        do {
            let outcome = try handler.handle(input, state: state, context: context)
            switch outcome.state {
            case .unchanged: break
            case .set(let new): state = new
            case .removed: state = nil
            }
            (events, effects, timers, rejection) = (outcome.events, outcome.effects, outcome.timers, nil)
        } catch {
            (effects, timers, rejection) = ([], [], error)
            events = handler.reject(error, of: input, state: state, context: context)
        }
    }
}
