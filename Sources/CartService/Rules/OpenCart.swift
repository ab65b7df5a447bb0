/// Only an open cart can be changed; a cart that nobody has touched yet is open and empty.
enum OpenCart {
    static func require(_ cart: CartState?) throws(CartRejection) -> CartState {
        guard let cart else { return CartState(status: .open, lines: []) }
        switch cart.status {
        case .open: return cart
        case .checkedOut: throw .alreadyCheckedOut
        case .closed: throw .closed
        }
    }
}
