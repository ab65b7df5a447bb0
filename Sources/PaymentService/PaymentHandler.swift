import Ferry

/// The payments of a cart's orders: charged at the gateway, and given back when an order wants it.
struct PaymentHandler: EventHandler {
    typealias Contract = PaymentService.Contract
    /// Payment takes no commands, so there is nothing to refuse.
    typealias Rejection = Never

    func handle(_ input: Input, state: PaymentState?, context: Context) -> Outcome<Contract> {
        switch input {
        case .placed(let order): ChargingAnOrder.decide(order, state, context: context)
        case .chargeAnswered(let answer): ChargingAnOrder.answered(answer, state, context: context)
        case .refundRequested(let request): RefundingAnOrder.decide(request, state)
        case .refundAnswered(let answer): RefundingAnOrder.answered(answer, state, context: context)
        }
    }

    func reject(_ rejection: Never, of input: Input, state: PaymentState?, context: Context) -> [Output] {}
}
