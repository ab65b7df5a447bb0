extension OrderState {
    /// Where the order stands among the orders of its cart.
    func index(of orderId: String) -> Int? {
        orders.firstIndex { $0.orderId == orderId }
    }
}
