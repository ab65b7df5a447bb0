import Foundation

@testable import PaymentGateway

/// Runs a test with a ledger in a folder of its own, and leaves nothing behind.
func withLedger<Value>(_ body: (Ledger) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try Ledger(path: folder.appendingPathComponent("ledger.sqlite").path)
    let value = try await body(ledger)
    try ledger.close()
    return value
}

/// Runs a test with a desk on a ledger of its own.
func withDesk<Value>(
    _ switches: Switches = Switches(), delays: CardConduct.Delays = CardConduct.Delays(),
    _ body: (PaymentDesk) async throws -> Value
) async throws -> Value {
    try await withLedger { ledger in
        try await body(PaymentDesk(ledger: ledger, switchBoard: SwitchBoard(switches, seed: 1), delays: delays))
    }
}

extension ChargeRequest {
    static func order(_ orderId: String, cents: Int = 1_250, card: String = "card-4242") -> ChargeRequest {
        ChargeRequest(orderId: orderId, amountCents: cents, paymentMethod: card)
    }
}

extension LedgerTotals {
    /// The totals of an empty ledger, to be changed where a test expects something else.
    static func of(_ change: (inout LedgerTotals) -> Void = { _ in }) -> LedgerTotals {
        var totals = LedgerTotals(
            charges: 0, authorizedCents: 0, declined: 0, refunds: 0, refundedCents: 0, netCents: 0,
            ordersCharged: 0, ordersChargedTwice: 0, replays: 0)
        change(&totals)
        return totals
    }
}
