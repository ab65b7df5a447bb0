import GRDB

/// The tables of the ledger.
enum LedgerSchema {
    /// Brings a database up to date; does nothing to one that is.
    static func migrate(_ database: some DatabaseWriter) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("charges, refunds and the requests that made them") { database in
            // A key is claimed for one request, be it a charge or a refund, by being inserted here first, in the same
            // transaction as the entry. So there is no moment at which one exists without the other.
            try database.execute(
                sql: """
                    CREATE TABLE requests (
                        idempotencyKey TEXT NOT NULL PRIMARY KEY,
                        fingerprint TEXT NOT NULL,
                        calls INTEGER NOT NULL DEFAULT 1 CHECK (calls > 0)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE charges (
                        paymentId TEXT NOT NULL PRIMARY KEY,
                        orderId TEXT NOT NULL,
                        amountCents INTEGER NOT NULL CHECK (amountCents > 0),
                        currency TEXT NOT NULL,
                        paymentMethod TEXT NOT NULL,
                        outcome TEXT NOT NULL CHECK (outcome IN ('authorized', 'declined')),
                        declineReason TEXT CHECK ((declineReason IS NULL) = (outcome = 'authorized')),
                        idempotencyKey TEXT NOT NULL UNIQUE REFERENCES requests,
                        recordedAt INTEGER NOT NULL
                    ) STRICT;

                    CREATE INDEX chargesByOrder ON charges (orderId);

                    CREATE TABLE refunds (
                        refundId TEXT NOT NULL PRIMARY KEY,
                        paymentId TEXT NOT NULL REFERENCES charges,
                        amountCents INTEGER NOT NULL CHECK (amountCents > 0),
                        idempotencyKey TEXT NOT NULL UNIQUE REFERENCES requests,
                        recordedAt INTEGER NOT NULL
                    ) STRICT;

                    CREATE INDEX refundsByPayment ON refunds (paymentId);
                    """
            )
        }
        try migrator.migrate(database)
    }
}
