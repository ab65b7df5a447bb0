import Ferry

/// An authorized payment confirms its order. One that comes after the cancel is given back.
enum ConfirmingAnOrder {
    static func decide(_ payment: Authorized, _ state: OrderState?) -> Outcome<Contract> {
        guard var state, let index = state.index(of: payment.orderId) else { return .nothing }
        switch state.orders[index].status {
        case .placed:
            state.orders[index].status = .confirmed
            let confirmed = Confirmed(
                orderId: payment.orderId, cartId: payment.cartId,
                totalCents: state.orders[index].totalCents, paymentId: payment.paymentId)
            return Outcome(
                state: .set(state),
                events: [.confirmed(confirmed)],
                timers: [.cancel(.paymentTimeout, id: payment.orderId)]
            )
        case .cancelled:
            let refund = RefundRequested(
                orderId: payment.orderId, cartId: payment.cartId,
                paymentId: payment.paymentId, amountCents: payment.amountCents)
            return Outcome(events: [.refundRequested(refund)])
        case .confirmed:
            return .nothing
        }
    }
}
