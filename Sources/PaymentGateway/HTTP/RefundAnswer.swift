/// What a client learns of a refund.
struct RefundAnswer: Hashable, Sendable, Codable {
    var refundId: String
    var paymentId: String
    var amountCents: Int

    init(_ refund: Refund) {
        refundId = refund.refundId
        paymentId = refund.paymentId
        amountCents = refund.amountCents
    }
}
