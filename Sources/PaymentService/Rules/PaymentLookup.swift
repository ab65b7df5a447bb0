extension PaymentState {
    /// Where the payment of an order stands among the payments of its cart.
    func index(of orderId: String) -> Int? {
        payments.firstIndex { $0.orderId == orderId }
    }
}
