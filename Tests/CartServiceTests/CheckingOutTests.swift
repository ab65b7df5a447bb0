import FerryTesting
import Testing

@testable import CartService

@Suite("Checking out a cart")
struct CheckingOutTests {
    let checkOut = CheckOut(cartId: "cart-1", customerId: "customer-9", paymentMethod: "card-4242")

    @Test("The total is the sum of the lines, in cents")
    func total() {
        var cart = HandlerScenario(
            CartHandler(), key: "cart-1",
            given: .open(
                .init(sku: "cd-7", quantity: 2, unitPriceCents: 1_466), .init(sku: "cd-8", quantity: 1, unitPriceCents: 1)))
        cart.when(.checkOut(checkOut))
        #expect(
            cart.events == [
                .checkedOut(
                    CheckedOut(
                        cartId: "cart-1", customerId: "customer-9",
                        lines: [
                            .init(sku: "cd-7", quantity: 2, unitPriceCents: 1_466),
                            .init(sku: "cd-8", quantity: 1, unitPriceCents: 1),
                        ],
                        totalCents: 2_933, paymentMethod: "card-4242"))
            ])
        #expect(cart.state?.status == .checkedOut)
    }

    @Test("An empty cart can't be checked out")
    func empty() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1")
        cart.when(.checkOut(checkOut))
        #expect(cart.rejection == .empty)
    }

    @Test("A cart can be checked out once")
    func twice() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: .open(.init(sku: "a", quantity: 1, unitPriceCents: 1)))
        cart.when(.checkOut(checkOut))
        cart.when(.checkOut(checkOut))
        #expect(cart.rejection == .alreadyCheckedOut)
    }
}
