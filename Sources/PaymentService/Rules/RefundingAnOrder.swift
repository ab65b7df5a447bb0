import Ferry

/// What was charged is given back once, whole. What cost nothing is given back without the gateway.
enum RefundingAnOrder {
    static func decide(_ request: RefundRequested, _ state: PaymentState?) -> Outcome<Contract> {
        guard var state, let index = state.index(of: request.orderId), state.payments[index].status == .authorized else {
            return .nothing
        }
        guard state.payments[index].amountCents > 0 else {
            state.payments[index].status = .refunded
            return Outcome(state: .set(state), events: [.refunded(refunded(state.payments[index], request.cartId))])
        }
        state.payments[index].status = .refunding
        let refund = Refund(
            orderId: request.orderId, cartId: request.cartId,
            paymentId: request.paymentId, amountCents: state.payments[index].amountCents)
        return Outcome(
            state: .set(state),
            effects: [EffectRequest(idempotencyKey: "refund-\(request.orderId)", .refund(refund))]
        )
    }

    static func answered(_ answer: RefundAnswered, _ state: PaymentState?, context: Context) -> Outcome<Contract> {
        guard var state, let index = state.index(of: answer.orderId), state.payments[index].status == .refunding else {
            return .nothing
        }
        state.payments[index].status = .refunded
        return Outcome(state: .set(state), events: [.refunded(refunded(state.payments[index], context.key))])
    }

    private static func refunded(_ payment: PaymentState.Payment, _ cartId: String) -> Refunded {
        Refunded(
            orderId: payment.orderId, cartId: cartId,
            paymentId: payment.paymentId ?? "", amountCents: payment.amountCents)
    }
}
