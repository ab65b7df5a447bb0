import GRDB

/// A charge as it stands in the ledger: the answer that its idempotency key gets, now and ever.
struct Charge: Hashable, Sendable, Codable, FetchableRecord, PersistableRecord {
    enum Outcome: String, Hashable, Sendable, Codable {
        case authorized
        case declined
    }

    static let databaseTableName = "charges"

    var paymentId: String
    var orderId: String
    var amountCents: Int
    var currency: String
    var paymentMethod: String
    var outcome: Outcome
    /// Present if and only if the charge is declined.
    var declineReason: String?
    var idempotencyKey: String
    /// Milliseconds since 1970.
    var recordedAt: Int64
}
