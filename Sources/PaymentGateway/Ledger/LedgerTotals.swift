import GRDB

/// The ledger in one line: what a shop's books are balanced against.
struct LedgerTotals: Hashable, Sendable, Codable, FetchableRecord {
    /// Authorized charges.
    var charges: Int
    var authorizedCents: Int
    var declined: Int
    var refunds: Int
    var refundedCents: Int
    /// What the gateway kept: authorized less refunded.
    var netCents: Int
    /// Distinct orders with an authorized charge.
    var ordersCharged: Int
    /// Orders with more than one authorized charge that is not given back in full.
    var ordersChargedTwice: Int
    /// Calls that found their idempotency key known, and so changed nothing.
    var replays: Int

    static func read(_ database: Database) throws -> LedgerTotals? {
        try LedgerTotals.fetchOne(
            database,
            sql: """
                WITH authorized AS (SELECT * FROM charges WHERE outcome = 'authorized'),
                given_back AS (SELECT paymentId, sum(amountCents) AS cents FROM refunds GROUP BY paymentId),
                kept AS (
                    SELECT orderId FROM authorized LEFT JOIN given_back USING (paymentId)
                    WHERE ifnull(cents, 0) < amountCents
                ),
                sums AS (
                    SELECT
                        (SELECT count(*) FROM authorized) AS charges,
                        (SELECT ifnull(sum(amountCents), 0) FROM authorized) AS authorizedCents,
                        (SELECT count(*) FROM charges WHERE outcome = 'declined') AS declined,
                        (SELECT count(*) FROM refunds) AS refunds,
                        (SELECT ifnull(sum(amountCents), 0) FROM refunds) AS refundedCents,
                        (SELECT count(DISTINCT orderId) FROM authorized) AS ordersCharged,
                        (SELECT count(*) FROM (SELECT 1 FROM kept GROUP BY orderId HAVING count(*) > 1)) AS ordersChargedTwice,
                        (SELECT ifnull(sum(calls - 1), 0) FROM requests) AS replays
                )
                SELECT *, authorizedCents - refundedCents AS netCents FROM sums
                """
        )
    }
}
