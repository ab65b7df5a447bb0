import Ferry

/// A refused command is told to the world, with the rule that refused it.
enum ExplainingRefusals {
    static func event(for rejection: CartRejection, of command: Input, cartId: String) -> CommandRejected {
        let (reason, detail): (CommandRejected.Reason, String) =
            switch rejection {
            case .wrongCart(let named): (.wrongCart, "the command names the cart \(named), but its key is another")
            case .alreadyCheckedOut: (.alreadyCheckedOut, "the cart is checked out and waits for its order")
            case .closed: (.closed, "the order of the cart is confirmed")
            case .empty: (.empty, "there is nothing in the cart")
            case .notInCart(let sku, let quantity): (.notInCart, "the cart does not hold \(quantity) of \(sku)")
            }
        return CommandRejected(cartId: cartId, command: command.type, reason: reason, detail: detail)
    }
}
