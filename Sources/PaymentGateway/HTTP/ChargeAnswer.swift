/// What a client learns of a charge.
struct ChargeAnswer: Hashable, Sendable, Codable {
    var paymentId: String
    var outcome: Charge.Outcome
    var declineReason: String?

    init(_ charge: Charge) {
        paymentId = charge.paymentId
        outcome = charge.outcome
        declineReason = charge.declineReason
    }
}
