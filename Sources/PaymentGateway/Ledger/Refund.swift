import GRDB

/// Money given back of a charge, as it stands in the ledger.
struct Refund: Hashable, Sendable, Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "refunds"

    var refundId: String
    var paymentId: String
    var amountCents: Int
    var idempotencyKey: String
    /// Milliseconds since 1970.
    var recordedAt: Int64
}
