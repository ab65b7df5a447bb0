import Ferry

/// An open cart takes any item; the first one opens it. The same item at the same price adds to its line.
enum AddingItems {
    static func decide(_ command: AddItem, _ cart: CartState?) throws(CartRejection) -> Outcome<Contract> {
        var cart = try OpenCart.require(cart)
        if let index = cart.lines.firstIndex(where: {
            $0.sku == command.sku && $0.unitPriceCents == command.unitPriceCents
        }) {
            cart.lines[index].quantity += command.quantity
        } else {
            cart.lines.append(
                CartState.Line(sku: command.sku, quantity: command.quantity, unitPriceCents: command.unitPriceCents))
        }
        let added = ItemAdded(
            cartId: command.cartId, sku: command.sku,
            quantity: command.quantity, unitPriceCents: command.unitPriceCents)
        return Outcome(state: .set(cart), events: [.itemAdded(added)])
    }
}
