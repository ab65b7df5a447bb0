/// Why a command on an order is refused.
enum OrderRejection: Error, Hashable, Sendable {
    /// The command names another cart than its key.
    case wrongCart(named: String)
    /// The cart has no order.
    case noOrder
    /// The order is paid for and confirmed; it can't be taken back here.
    case alreadyConfirmed
    /// The order has been cancelled before.
    case alreadyCancelled
}
