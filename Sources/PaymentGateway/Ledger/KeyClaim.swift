import Foundation
import GRDB

/// The use of an idempotency key: which request claimed it, and how often it came.
enum KeyClaim {
    static func exists(_ database: Database, key: String) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM requests WHERE idempotencyKey = ?)", arguments: [key]) ?? false
    }

    /// - Returns: whether the key was free. A known key counts one call more.
    /// - Throws: ``LedgerRefusal/keyOfAnotherRequest(key:)``; the call isn't counted then.
    static func claim(_ database: Database, key: String, fingerprint: String) throws -> Bool {
        let claimed = try String.fetchOne(
            database, sql: "SELECT fingerprint FROM requests WHERE idempotencyKey = ?", arguments: [key])
        guard let claimed else {
            try database.execute(
                sql: "INSERT INTO requests (idempotencyKey, fingerprint) VALUES (?, ?)", arguments: [key, fingerprint])
            return true
        }
        guard claimed == fingerprint else { throw LedgerRefusal.keyOfAnotherRequest(key: key) }
        try database.execute(sql: "UPDATE requests SET calls = calls + 1 WHERE idempotencyKey = ?", arguments: [key])
        return false
    }

    /// Says what is asked for, in which ledger table; the order of fields in the client's JSON doesn't matter.
    static func fingerprint(_ request: some Encodable, of entry: (some TableRecord).Type) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return entry.databaseTableName + " " + String(decoding: try encoder.encode(request), as: UTF8.self)
    }
}
