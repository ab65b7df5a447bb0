/// The body of `POST /refunds`.
struct RefundBody: Hashable, Sendable, Decodable {
    var paymentId: String
    var amountCents: Cents

    /// - Throws: ``FieldFault`` naming the first field that can't be accepted.
    func request() throws(FieldFault) -> RefundRequest {
        guard !paymentId.isEmpty else {
            throw FieldFault("paymentId", "is empty", remedy: "Send the paymentId that a charge answered.")
        }
        try Money.validate(amountCents.value)
        return RefundRequest(paymentId: paymentId, amountCents: amountCents.value)
    }
}
