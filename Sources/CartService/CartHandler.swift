import Ferry

/// The cart: gathers items until it is checked out, then follows what becomes of its order.
struct CartHandler: EventHandler {
    typealias Contract = CartService.Contract

    func handle(
        _ input: Input, state cart: CartState?, context: Context
    ) throws(CartRejection) -> Outcome<Contract> {
        switch input {
        case .addItem(let command):
            try requireCart(command.cartId, context)
            return try AddingItems.decide(command, cart)
        case .removeItem(let command):
            try requireCart(command.cartId, context)
            return try RemovingItems.decide(command, cart)
        case .checkOut(let command):
            try requireCart(command.cartId, context)
            return try CheckingOut.decide(command, cart)
        case .confirmed:
            return FollowingTheOrder.confirmed(cart)
        case .cancelled:
            return FollowingTheOrder.cancelled(cart)
        }
    }

    func reject(
        _ rejection: CartRejection, of input: Input, state: CartState?, context: Context
    ) -> [Output] {
        [.commandRejected(ExplainingRefusals.event(for: rejection, of: input, cartId: context.key))]
    }

    private func requireCart(_ cartId: String, _ context: Context) throws(CartRejection) {
        guard cartId == context.key else { throw .wrongCart(named: cartId) }
    }
}
