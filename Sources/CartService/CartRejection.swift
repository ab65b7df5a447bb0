/// Why a command on a cart is refused.
enum CartRejection: Error, Hashable, Sendable {
    /// The command names another cart than its key.
    case wrongCart(named: String)
    /// The cart is checked out: it waits for its order to be confirmed or cancelled.
    case alreadyCheckedOut
    /// The order of the cart is confirmed; nothing can be done with it any more.
    case closed
    /// There is nothing in the cart.
    case empty
    /// The item isn't in the cart, or not in that quantity.
    case notInCart(sku: String, quantity: Int)
}
