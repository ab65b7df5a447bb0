import Ferry

/// What is taken out must be in the cart. The last line of the item gives first, since it came last.
enum RemovingItems {
    static func decide(_ command: RemoveItem, _ cart: CartState?) throws(CartRejection) -> Outcome<Contract> {
        var cart = try OpenCart.require(cart)
        let present = cart.lines.filter { $0.sku == command.sku }.reduce(0) { $0 + $1.quantity }
        guard present >= command.quantity else {
            throw .notInCart(sku: command.sku, quantity: command.quantity)
        }
        var left = command.quantity
        for index in cart.lines.indices.reversed() where cart.lines[index].sku == command.sku {
            let taken = min(left, cart.lines[index].quantity)
            cart.lines[index].quantity -= taken
            left -= taken
        }
        cart.lines.removeAll { $0.quantity == 0 }
        let removed = ItemRemoved(cartId: command.cartId, sku: command.sku, quantity: command.quantity)
        return Outcome(state: .set(cart), events: [.itemRemoved(removed)])
    }
}
