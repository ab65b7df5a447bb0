import Ferry

/// A refused command is told to the world, with the rule that refused it.
enum ExplainingRefusals {
    static func event(for rejection: OrderRejection, of command: Input, cartId: String) -> CommandRejected {
        let (reason, detail): (CommandRejected.Reason, String) =
            switch rejection {
            case .wrongCart(let named): (.wrongCart, "the command names the cart \(named), but its key is another")
            case .noOrder: (.noOrder, "the cart has no order")
            case .alreadyConfirmed: (.alreadyConfirmed, "the order is confirmed")
            case .alreadyCancelled: (.alreadyCancelled, "the order has been cancelled before")
            }
        return CommandRejected(cartId: cartId, command: command.type, reason: reason, detail: detail)
    }
}
