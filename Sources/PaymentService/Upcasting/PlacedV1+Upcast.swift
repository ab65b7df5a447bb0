/// Before 2.0 an order said what it came to in cents, and every price of the shop was in dollars; that it said how many articles it has was
/// optional.
extension PlacedV1 {
    func upcast() -> Placed {
        Placed(
            orderId: orderId,
            cartId: cartId,
            lines: lines.map { Placed.Line(sku: $0.sku, quantity: $0.quantity, unitPriceCents: $0.unitPriceCents) },
            total: Placed.Money(cents: totalCents, currency: .usd),
            paymentMethod: paymentMethod,
            itemCount: lines.reduce(0) { $0 + $1.quantity })
    }
}
