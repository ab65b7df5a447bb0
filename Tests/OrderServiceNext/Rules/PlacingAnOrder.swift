import Ferry

/// A checked-out cart becomes an order that waits for its payment, and not for ever.
enum PlacingAnOrder {
    static func decide(
        _ cart: CheckedOut, _ state: OrderState?, paymentTimeout: Duration, context: Context
    ) -> Outcome<Contract> {
        var state = state ?? OrderState(orders: [])
        let orderId = context.id("order")
        state.orders.append(OrderState.Order(orderId: orderId, status: .placed, totalCents: cart.totalCents))
        let placed = Placed(
            orderId: orderId,
            cartId: cart.cartId,
            lines: cart.lines.map { Placed.Line(sku: $0.sku, quantity: $0.quantity, unitPriceCents: $0.unitPriceCents) },
            total: Placed.Money(cents: cart.totalCents, currency: .usd),
            paymentMethod: cart.paymentMethod,
            itemCount: cart.lines.reduce(0) { $0 + $1.quantity }
        )
        return Outcome(
            state: .set(state),
            events: [.placed(placed)],
            timers: [.start(.paymentTimeout, id: orderId, after: paymentTimeout)]
        )
    }
}
