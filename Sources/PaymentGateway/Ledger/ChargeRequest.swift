/// What a client asks to be charged for an order. Two requests are the same if all of it is the same.
struct ChargeRequest: Hashable, Sendable, Codable {
    var orderId: String
    var amountCents: Int
    var currency: String = Money.currency
    var paymentMethod: String
}
