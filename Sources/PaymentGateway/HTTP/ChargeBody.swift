/// The body of `POST /charges`.
struct ChargeBody: Hashable, Sendable, Decodable {
    var orderId: String
    var amountCents: Cents
    var currency: String?
    var paymentMethod: String

    /// - Throws: ``FieldFault`` naming the first field that can't be accepted.
    func request() throws(FieldFault) -> ChargeRequest {
        guard !orderId.isEmpty else { throw FieldFault("orderId", "is empty", remedy: "Send the order to charge.") }
        try Money.validate(amountCents.value)
        if let currency, currency != Money.currency {
            throw FieldFault(
                "currency", "\(currency) is not accepted", remedy: "Send \(Money.currency), or leave it out.")
        }
        guard !paymentMethod.isEmpty else {
            throw FieldFault("paymentMethod", "is empty", remedy: "Send the card to charge.")
        }
        return ChargeRequest(orderId: orderId, amountCents: amountCents.value, paymentMethod: paymentMethod)
    }
}
