import Ferry

/// A confirmed order closes its cart; a cancelled one opens it again with what was in it.
enum FollowingTheOrder {
    static func confirmed(_ cart: CartState?) -> Outcome<Contract> {
        move(cart, to: .closed)
    }

    static func cancelled(_ cart: CartState?) -> Outcome<Contract> {
        move(cart, to: .open)
    }

    /// An order of a cart that isn't checked out has had its say already.
    private static func move(_ cart: CartState?, to status: CartState.Status) -> Outcome<Contract> {
        guard var cart, cart.status == .checkedOut else { return .nothing }
        cart.status = status
        return Outcome(state: .set(cart))
    }
}
