import Ferry

/// A cart with something in it can be checked out, once; its total is the sum of its lines.
enum CheckingOut {
    static func decide(_ command: CheckOut, _ cart: CartState?) throws(CartRejection) -> Outcome<Contract> {
        var cart = try OpenCart.require(cart)
        guard !cart.lines.isEmpty else { throw .empty }
        cart.status = .checkedOut
        let checkedOut = CheckedOut(
            cartId: command.cartId,
            customerId: command.customerId,
            lines: cart.lines.map {
                CheckedOut.Line(sku: $0.sku, quantity: $0.quantity, unitPriceCents: $0.unitPriceCents)
            },
            totalCents: cart.lines.reduce(0) { $0 + $1.quantity * $1.unitPriceCents },
            paymentMethod: command.paymentMethod
        )
        return Outcome(state: .set(cart), events: [.checkedOut(checkedOut)])
    }
}
