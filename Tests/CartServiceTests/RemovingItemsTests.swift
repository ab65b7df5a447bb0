import FerryTesting
import Testing

@testable import CartService

@Suite("Removing items from a cart")
struct RemovingItemsTests {
    @Test("A part of a line can be removed")
    func part() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: .open(.init(sku: "cd-7", quantity: 3, unitPriceCents: 100)))
        cart.when(.removeItem(RemoveItem(cartId: "cart-1", sku: "cd-7", quantity: 1)))
        #expect(cart.events == [.itemRemoved(ItemRemoved(cartId: "cart-1", sku: "cd-7", quantity: 1))])
        #expect(cart.state == .open(.init(sku: "cd-7", quantity: 2, unitPriceCents: 100)))
    }

    @Test("Removing all of an item takes from its last line first and leaves no empty line")
    func acrossLines() {
        var cart = HandlerScenario(
            CartHandler(), key: "cart-1",
            given: .open(
                .init(sku: "cd-7", quantity: 2, unitPriceCents: 100), .init(sku: "cd-8", quantity: 1, unitPriceCents: 100),
                .init(sku: "cd-7", quantity: 1, unitPriceCents: 90)))
        cart.when(.removeItem(RemoveItem(cartId: "cart-1", sku: "cd-7", quantity: 2)))
        #expect(
            cart.state
                == .open(
                    .init(sku: "cd-7", quantity: 1, unitPriceCents: 100), .init(sku: "cd-8", quantity: 1, unitPriceCents: 100)))
    }

    @Test("An item that isn't there, or not in that quantity, can't be removed", arguments: [("cd-9", 1), ("cd-7", 4)])
    func absent(sku: String, quantity: Int) {
        let state = CartState.open(.init(sku: "cd-7", quantity: 3, unitPriceCents: 100))
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: state)
        cart.when(.removeItem(RemoveItem(cartId: "cart-1", sku: sku, quantity: quantity)))
        #expect(cart.rejection == .notInCart(sku: sku, quantity: quantity))
        #expect(cart.state == state)
    }
}
