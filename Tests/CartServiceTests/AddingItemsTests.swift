import FerryTesting
import Testing

@testable import CartService

@Suite("Adding items to a cart")
struct AddingItemsTests {
    @Test("The first item opens a cart")
    func firstItem() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1")
        cart.when(.addItem(AddItem(cartId: "cart-1", sku: "cd-7", quantity: 2, unitPriceCents: 1_466)))
        #expect(cart.events == [.itemAdded(ItemAdded(cartId: "cart-1", sku: "cd-7", quantity: 2, unitPriceCents: 1_466))])
        #expect(cart.state == CartState(status: .open, lines: [.init(sku: "cd-7", quantity: 2, unitPriceCents: 1_466)]))
    }

    @Test("The same item at the same price adds to its line")
    func sameItemAgain() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: .open(.init(sku: "cd-7", quantity: 2, unitPriceCents: 100)))
        cart.when(.addItem(AddItem(cartId: "cart-1", sku: "cd-7", quantity: 3, unitPriceCents: 100)))
        #expect(cart.state == .open(.init(sku: "cd-7", quantity: 5, unitPriceCents: 100)))
    }

    @Test("The same item at another price is a line of its own")
    func otherPrice() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: .open(.init(sku: "cd-7", quantity: 2, unitPriceCents: 100)))
        cart.when(.addItem(AddItem(cartId: "cart-1", sku: "cd-7", quantity: 1, unitPriceCents: 90)))
        #expect(
            cart.state
                == .open(
                    .init(sku: "cd-7", quantity: 2, unitPriceCents: 100), .init(sku: "cd-7", quantity: 1, unitPriceCents: 90)))
    }

    @Test("A cart that is checked out or closed takes nothing", arguments: [
        (CartState.Status.checkedOut, CartRejection.alreadyCheckedOut), (.closed, .closed),
    ])
    func notOpen(status: CartState.Status, reason: CartRejection) {
        let state = CartState(status: status, lines: [.init(sku: "cd-7", quantity: 1, unitPriceCents: 100)])
        var cart = HandlerScenario(CartHandler(), key: "cart-1", given: state)
        cart.when(.addItem(AddItem(cartId: "cart-1", sku: "cd-8", quantity: 1, unitPriceCents: 100)))
        #expect(cart.rejection == reason)
        #expect(cart.state == state)
        #expect(cart.events.count == 1)
    }

    @Test("A command for another cart than its key is refused")
    func wrongCart() {
        var cart = HandlerScenario(CartHandler(), key: "cart-1")
        cart.when(.addItem(AddItem(cartId: "cart-2", sku: "cd-7", quantity: 1, unitPriceCents: 100)))
        #expect(cart.rejection == .wrongCart(named: "cart-2"))
        #expect(cart.state == nil)
    }
}

extension CartState {
    static func open(_ lines: CartState.Line...) -> CartState { CartState(status: .open, lines: lines) }
}
