import FerryTesting
import Testing

@testable import CartService

@Suite("A cart follows its order")
struct FollowingTheOrderTests {
    let lines = [CartState.Line(sku: "cd-7", quantity: 1, unitPriceCents: 100)]
    let confirmed = Input.confirmed(Confirmed(orderId: "o-1", cartId: "cart-1", totalCents: 100, paymentId: "p-1"))
    let cancelled = Input.cancelled(
        Cancelled(orderId: "o-1", cartId: "cart-1", totalCents: 100, reason: .paymentDeclined))

    @Test("A confirmed order closes the cart")
    func closes() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: CartState(status: .checkedOut, lines: lines))
        cart.when(confirmed)
        #expect(cart.state == CartState(status: .closed, lines: lines))
    }

    @Test("A cancelled order opens the cart again, with what was in it")
    func reopens() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: CartState(status: .checkedOut, lines: lines))
        cart.when(cancelled)
        #expect(cart.state == CartState(status: .open, lines: lines))
        cart.when(.checkOut(CheckOut(cartId: "cart-1", paymentMethod: "card-4242")))
        #expect(cart.rejection == nil)
    }

    @Test("An order's end changes nothing on a cart that isn't checked out", arguments: [
        CartState.Status.open, .closed,
    ])
    func late(status: CartState.Status) {
        let state = CartState(status: status, lines: lines)
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: state)
        cart.when(cancelled)
        cart.when(confirmed)
        #expect(cart.state == state)
    }
}
