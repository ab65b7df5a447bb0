import Ferry

/// An order that still waits for its payment can be cancelled: by the client, by a declined payment, by time. The first of
/// them wins.
enum CancellingAnOrder {
    /// The client's cancel, which means the newest order of the cart.
    static func asked(_ command: CancelOrder, _ state: OrderState?) throws(OrderRejection) -> Outcome<Contract> {
        guard let state, let order = state.orders.last else { throw .noOrder }
        switch order.status {
        case .placed: return cancel(order.orderId, in: state, cartId: command.cartId, reason: .cancelledByClient)
        case .confirmed: throw .alreadyConfirmed
        case .cancelled: throw .alreadyCancelled
        }
    }

    static func declined(_ payment: Declined, _ state: OrderState?) -> Outcome<Contract> {
        cancelIfPlaced(payment.orderId, in: state, cartId: payment.cartId, reason: .paymentDeclined)
    }

    static func timedOut(_ orderId: String, _ state: OrderState?, context: Context) -> Outcome<Contract> {
        cancelIfPlaced(orderId, in: state, cartId: context.key, reason: .paymentTimedOut)
    }

    private static func cancelIfPlaced(
        _ orderId: String, in state: OrderState?, cartId: String, reason: Cancelled.Reason
    ) -> Outcome<Contract> {
        guard let state, let index = state.index(of: orderId), state.orders[index].status == .placed else {
            return .nothing
        }
        return cancel(orderId, in: state, cartId: cartId, reason: reason)
    }

    private static func cancel(
        _ orderId: String, in state: OrderState, cartId: String, reason: Cancelled.Reason
    ) -> Outcome<Contract> {
        guard let index = state.index(of: orderId) else { return .nothing }
        var state = state
        state.orders[index].status = .cancelled
        let cancelled = Cancelled(
            orderId: orderId, cartId: cartId, totalCents: state.orders[index].totalCents, reason: reason)
        return Outcome(
            state: .set(state),
            events: [.cancelled(cancelled)],
            timers: [.cancel(.paymentTimeout, id: orderId)]
        )
    }
}
