import Ferry
import FerryTesting
import Testing

@testable import PaymentService

@Suite("The rules of a payment")
struct PaymentRulesTests {
    private func placed(_ cents: Int) -> Input {
        .placed(
            Placed(
                orderId: "o-1", cartId: "cart-1", lines: [.init(sku: "cd-7", quantity: 1, unitPriceCents: cents)],
                total: .init(cents: cents, currency: .usd), paymentMethod: "card-4242", itemCount: 1))
    }

    private let authorizedAnswer = Input.chargeAnswered(
        ChargeAnswered(orderId: "o-1", outcome: .authorized, paymentId: "p-1"))
    private let refundRequest = Input.refundRequested(
        RefundRequested(orderId: "o-1", cartId: "cart-1", paymentId: "p-1", amountCents: 100))

    @Test("A placed order is charged under a key of its own")
    func charge() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        payment.when(placed(100))
        #expect(payment.events.isEmpty)
        #expect(
            payment.effects == [
                EffectRequest(
                    idempotencyKey: "charge-o-1",
                    .charge(Charge(orderId: "o-1", cartId: "cart-1", amountCents: 100, paymentMethod: "card-4242")))
            ])
    }

    @Test("An order is charged once, however often it is placed")
    func chargedOnce() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        payment.when(placed(100))
        payment.when(placed(100))
        #expect(payment.effects.isEmpty)
    }

    @Test("A free order is authorized on the spot, without the gateway")
    func free() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        let paymentId = payment.nextContext().id("free")
        payment.when(placed(0))
        #expect(payment.effects.isEmpty)
        #expect(
            payment.events == [
                .authorized(Authorized(orderId: "o-1", cartId: "cart-1", amountCents: 0, paymentId: paymentId))
            ])
    }

    @Test("What the gateway answers is told to the world")
    func answers() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        payment.when(placed(100))
        payment.when(authorizedAnswer)
        #expect(
            payment.events == [
                .authorized(Authorized(orderId: "o-1", cartId: "cart-1", amountCents: 100, paymentId: "p-1"))
            ])

        var declined = HandlerScenario(PaymentHandler(), key: "cart-1")
        declined.when(placed(100))
        declined.when(
            .chargeAnswered(ChargeAnswered(orderId: "o-1", outcome: .declined, declineReason: "insufficient funds")))
        #expect(
            declined.events == [.declined(Declined(orderId: "o-1", cartId: "cart-1", reason: "insufficient funds"))])
    }

    @Test("A refund gives back the whole charge, once")
    func refund() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        payment.when(placed(100))
        payment.when(authorizedAnswer)
        payment.when(refundRequest)
        #expect(
            payment.effects == [
                EffectRequest(
                    idempotencyKey: "refund-o-1",
                    .refund(Refund(orderId: "o-1", cartId: "cart-1", paymentId: "p-1", amountCents: 100)))
            ])
        payment.when(refundRequest)
        #expect(payment.effects.isEmpty)
        payment.when(.refundAnswered(RefundAnswered(orderId: "o-1", refundId: "r-1")))
        #expect(
            payment.events == [
                .refunded(Refunded(orderId: "o-1", cartId: "cart-1", paymentId: "p-1", amountCents: 100))
            ])
    }

    @Test("What was never authorized isn't refunded")
    func nothingToRefund() {
        var payment = HandlerScenario(PaymentHandler(), key: "cart-1")
        payment.when(placed(100))
        payment.when(refundRequest)
        #expect(payment.effects.isEmpty)
        #expect(payment.events.isEmpty)
    }
}
