/// Why the ledger doesn't take an entry.
enum LedgerRefusal: Error, Hashable, Sendable {
    /// The idempotency key belongs to another request: another amount, another order, or a refund instead of a charge.
    case keyOfAnotherRequest(key: String)
    case unknownPayment(paymentId: String)
    /// A declined charge took nothing, so there is nothing to give back.
    case paymentDeclined(paymentId: String)
    /// With what was refunded before, the refunds would come to more than the charge.
    case exceedsCharge(paymentId: String, refundableCents: Int)
}
