import Ferry

/// A placed order is charged once. A free order owes nothing: it is authorized on the spot and the gateway never hears of it.
enum ChargingAnOrder {
    static func decide(_ order: Placed, _ state: PaymentState?, context: Context) -> Outcome<Contract> {
        var state = state ?? PaymentState(payments: [])
        guard state.index(of: order.orderId) == nil else { return .nothing }
        guard order.total.cents > 0 else {
            let paymentId = context.id("free")
            state.payments.append(
                PaymentState.Payment(orderId: order.orderId, status: .authorized, amountCents: 0, paymentId: paymentId))
            let authorized = Authorized(
                orderId: order.orderId, cartId: order.cartId, amountCents: 0, paymentId: paymentId)
            return Outcome(state: .set(state), events: [.authorized(authorized)])
        }
        state.payments.append(
            PaymentState.Payment(orderId: order.orderId, status: .charging, amountCents: order.total.cents))
        let charge = Charge(
            orderId: order.orderId, cartId: order.cartId,
            amountCents: order.total.cents, paymentMethod: order.paymentMethod)
        return Outcome(
            state: .set(state),
            effects: [EffectRequest(idempotencyKey: "charge-\(order.orderId)", .charge(charge))]
        )
    }

    static func answered(_ answer: ChargeAnswered, _ state: PaymentState?, context: Context) -> Outcome<Contract> {
        guard var state, let index = state.index(of: answer.orderId), state.payments[index].status == .charging else {
            return .nothing
        }
        switch answer.outcome {
        case .authorized:
            let paymentId = answer.paymentId ?? context.id("payment")
            state.payments[index].status = .authorized
            state.payments[index].paymentId = paymentId
            let authorized = Authorized(
                orderId: answer.orderId, cartId: context.key,
                amountCents: state.payments[index].amountCents, paymentId: paymentId)
            return Outcome(state: .set(state), events: [.authorized(authorized)])
        case .declined:
            state.payments[index].status = .declined
            let declined = Declined(
                orderId: answer.orderId, cartId: context.key, reason: answer.declineReason ?? "declined by the gateway")
            return Outcome(state: .set(state), events: [.declined(declined)])
        }
    }
}
