import Foundation
import GRDB

/// The gateway's own account of what it charged and gave back, in SQLite.
///
/// Safe to use from any task. All writes go through one connection, one after the other, each in a transaction of its own, on a
/// queue of the database and not on a thread of the caller's pool; so of two simultaneous requests with one key the second finds
/// what the first wrote. What has been answered survives the end of the process, `kill -9` included; a crash of the machine may
/// lose the last entries, but never half of one (WAL, synchronous = NORMAL).
struct Ledger: Sendable {
    private let database: DatabasePool

    /// Opens the file, and creates it if it is absent. Blocks.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "ledger"
        // Another process may look into the file while the gateway runs.
        configuration.busyMode = .timeout(5)
        database = try DatabasePool(path: path, configuration: configuration)
        try LedgerSchema.migrate(database)
    }

    func close() throws {
        try database.close()
    }

    /// Writes a charge, unless its key is known: then it answers what was written, whatever `outcome` says.
    ///
    /// - Throws: ``LedgerRefusal``, or what SQLite reports; nothing was written then.
    func charge(
        _ request: ChargeRequest, key: String, outcome: Charge.Outcome, declineReason: String? = nil
    ) async throws -> Recorded<Charge> {
        try await database.write { database in
            if let known = try Self.known(Charge.self, request, key: key, database) { return .known(known) }
            let charge = Charge(
                paymentId: Self.newIdentifier(),
                orderId: request.orderId,
                amountCents: request.amountCents,
                currency: request.currency,
                paymentMethod: request.paymentMethod,
                outcome: outcome,
                declineReason: declineReason,
                idempotencyKey: key,
                recordedAt: Self.now()
            )
            try charge.insert(database)
            return .new(charge)
        }
    }

    /// The charge under a key, counted as a replay; `nil` if the key is free, and it stays free.
    ///
    /// - Throws: ``LedgerRefusal/keyOfAnotherRequest(key:)``
    func replay(_ request: ChargeRequest, key: String) async throws -> Charge? {
        try await database.write { database in
            guard try KeyClaim.exists(database, key: key) else { return nil }
            return try Self.known(Charge.self, request, key: key, database)
        }
    }

    /// Writes a refund, unless its key is known: then it answers what was written.
    ///
    /// - Throws: ``LedgerRefusal``, or what SQLite reports; nothing was written then.
    func refund(_ request: RefundRequest, key: String) async throws -> Recorded<Refund> {
        try await database.write { database in
            if let known = try Self.known(Refund.self, request, key: key, database) { return .known(known) }
            guard let charge = try Charge.fetchOne(database, key: request.paymentId) else {
                throw LedgerRefusal.unknownPayment(paymentId: request.paymentId)
            }
            guard charge.outcome == .authorized else {
                throw LedgerRefusal.paymentDeclined(paymentId: charge.paymentId)
            }
            let refunded = try Int.fetchOne(
                database, sql: "SELECT ifnull(sum(amountCents), 0) FROM refunds WHERE paymentId = ?",
                arguments: [charge.paymentId]) ?? 0
            guard request.amountCents <= charge.amountCents - refunded else {
                throw LedgerRefusal.exceedsCharge(
                    paymentId: charge.paymentId, refundableCents: charge.amountCents - refunded)
            }
            let refund = Refund(
                refundId: Self.newIdentifier(),
                paymentId: charge.paymentId,
                amountCents: request.amountCents,
                idempotencyKey: key,
                recordedAt: Self.now()
            )
            try refund.insert(database)
            return .new(refund)
        }
    }

    func charge(paymentId: String) async throws -> Charge? {
        try await database.read { try Charge.fetchOne($0, key: paymentId) }
    }

    /// All totals of one moment.
    func totals() async throws -> LedgerTotals? {
        try await database.read(LedgerTotals.read)
    }

    /// The entry under a key, counted as a replay. A free key is claimed for the request and gives `nil`; the claim holds only if
    /// the transaction commits.
    private static func known<Entry: FetchableRecord & TableRecord>(
        _ type: Entry.Type, _ request: some Encodable, key: String, _ database: Database
    ) throws -> Entry? {
        guard try KeyClaim.claim(database, key: key, fingerprint: KeyClaim.fingerprint(request, of: type)) == false else {
            return nil
        }
        return try Entry.fetchOne(database, key: ["idempotencyKey": key])
    }

    private static func newIdentifier() -> String { UUID().uuidString.lowercased() }

    private static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
