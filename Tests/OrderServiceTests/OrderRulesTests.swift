import FerryTesting
import Testing

@testable import OrderService

@Suite("The rules of an order")
struct OrderRulesTests {
    let cart = CheckedOut(
        cartId: "cart-1", lines: [.init(sku: "cd-7", quantity: 2, unitPriceCents: 100)], totalCents: 200,
        paymentMethod: "card-4242")

    /// An order of `cart-1` that waits for its payment, and its id.
    private func placedOrder() -> (HandlerScenario<OrderHandler>, String) {
        var order = HandlerScenario(OrderHandler(paymentTimeout: .seconds(60)), key: "cart-1")
        let id = order.nextContext().id("order")
        order.when(.checkedOut(cart))
        return (order, id)
    }

    private func authorized(_ id: String) -> Input {
        .authorized(Authorized(orderId: id, cartId: "cart-1", amountCents: 200, paymentId: "p-1"))
    }

    @Test("A checked-out cart becomes a placed order that waits for its payment for a time")
    func placed() {
        let (order, id) = placedOrder()
        #expect(
            order.events == [
                .placed(
                    Placed(
                        orderId: id, cartId: "cart-1", lines: [.init(sku: "cd-7", quantity: 2, unitPriceCents: 100)],
                        totalCents: 200, paymentMethod: "card-4242", itemCount: 2))
            ])
        #expect(order.timers == [.start(.paymentTimeout, id: id, after: .seconds(60))])
    }

    @Test("An authorized payment confirms the order and stops its timer")
    func confirmed() {
        var (order, id) = placedOrder()
        order.when(authorized(id))
        #expect(order.events == [.confirmed(Confirmed(orderId: id, cartId: "cart-1", totalCents: 200, paymentId: "p-1"))])
        #expect(order.timers == [.cancel(.paymentTimeout, id: id)])
    }

    @Test("A declined payment cancels the order")
    func declined() {
        var (order, id) = placedOrder()
        order.when(.declined(Declined(orderId: id, cartId: "cart-1", reason: "insufficient funds")))
        #expect(
            order.events == [.cancelled(Cancelled(orderId: id, cartId: "cart-1", totalCents: 200, reason: .paymentDeclined))])
    }

    @Test("An order that is not paid in time is cancelled")
    func timedOut() {
        var (order, id) = placedOrder()
        order.when(.timer(.paymentTimeout, id: id))
        #expect(
            order.events == [.cancelled(Cancelled(orderId: id, cartId: "cart-1", totalCents: 200, reason: .paymentTimedOut))])
    }

    @Test("A client can cancel an order that waits for its payment")
    func cancelledByClient() {
        var (order, id) = placedOrder()
        order.when(.cancelOrder(CancelOrder(cartId: "cart-1", reason: "changed my mind")))
        #expect(
            order.events == [.cancelled(Cancelled(orderId: id, cartId: "cart-1", totalCents: 200, reason: .cancelledByClient))])
    }

    @Test("A payment that arrives after the cancel is refunded")
    func latePayment() {
        var (order, id) = placedOrder()
        order.when(.cancelOrder(CancelOrder(cartId: "cart-1", reason: "changed my mind")))
        order.when(authorized(id))
        #expect(
            order.events == [
                .refundRequested(RefundRequested(orderId: id, cartId: "cart-1", paymentId: "p-1", amountCents: 200))
            ])
    }

    @Test("A confirmed order can't be cancelled, nor can a cancelled one, nor one that never was")
    func refusedCancels() {
        let cancel = Input.cancelOrder(CancelOrder(cartId: "cart-1", reason: "changed my mind"))
        var unknown = HandlerScenario(OrderHandler(), key: "cart-1")
        unknown.when(cancel)
        #expect(unknown.rejection == .noOrder)

        var (order, id) = placedOrder()
        order.when(authorized(id))
        order.when(cancel)
        #expect(order.rejection == .alreadyConfirmed)

        var (other, _) = placedOrder()
        other.when(cancel)
        other.when(cancel)
        #expect(other.rejection == .alreadyCancelled)
    }

    @Test("A second authorization, a decline after the confirmation and an old timer change nothing")
    func tooLate() {
        var (order, id) = placedOrder()
        order.when(authorized(id))
        let state = order.state
        for input in [
            authorized(id), .declined(Declined(orderId: id, cartId: "cart-1", reason: "x")), .timer(.paymentTimeout, id: id),
        ] {
            order.when(input)
            #expect(order.events.isEmpty)
            #expect(order.state == state)
        }
    }

    @Test("A cart that is checked out again after a cancel gets a second order, which a late payment of the first doesn't touch")
    func secondOrder() {
        var (order, first) = placedOrder()
        order.when(.declined(Declined(orderId: first, cartId: "cart-1", reason: "x")))
        let second = order.nextContext().id("order")
        order.when(.checkedOut(cart))
        #expect(second != first)
        order.when(authorized(first))
        #expect(
            order.events == [
                .refundRequested(RefundRequested(orderId: first, cartId: "cart-1", paymentId: "p-1", amountCents: 200))
            ])
        order.when(authorized(second))
        #expect(
            order.events == [.confirmed(Confirmed(orderId: second, cartId: "cart-1", totalCents: 200, paymentId: "p-1"))])
    }
}
