import Ferry

/// The orders of a cart: placed when it is checked out, confirmed by its payment, or cancelled.
struct OrderHandler: EventHandler {
    typealias Contract = OrderServiceNext.Contract

    /// How long an order waits for its payment.
    var paymentTimeout: Duration = .seconds(900)

    func handle(
        _ input: Input, state: OrderState?, context: Context
    ) throws(OrderRejection) -> Outcome<Contract> {
        switch input {
        case .cancelOrder(let command):
            guard command.cartId == context.key else { throw .wrongCart(named: command.cartId) }
            return try CancellingAnOrder.asked(command, state)
        case .checkedOut(let cart):
            return PlacingAnOrder.decide(cart, state, paymentTimeout: paymentTimeout, context: context)
        case .authorized(let payment):
            return ConfirmingAnOrder.decide(payment, state)
        case .declined(let payment):
            return CancellingAnOrder.declined(payment, state)
        case .timer(.paymentTimeout, let orderId):
            return CancellingAnOrder.timedOut(orderId, state, context: context)
        }
    }

    func reject(
        _ rejection: OrderRejection, of input: Input, state: OrderState?, context: Context
    ) -> [Output] {
        [.commandRejected(ExplainingRefusals.event(for: rejection, of: input, cartId: context.key))]
    }
}
