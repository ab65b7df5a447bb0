/// What a client asks to be given back of a charge.
struct RefundRequest: Hashable, Sendable, Codable {
    var paymentId: String
    var amountCents: Int
}
