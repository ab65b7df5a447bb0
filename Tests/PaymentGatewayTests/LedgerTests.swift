import Foundation
import Testing

@testable import PaymentGateway

@Suite("The ledger")
struct LedgerTests {
    @Test("An empty ledger adds up to nothing")
    func empty() async throws {
        let totals = try await withLedger { try await $0.totals() }
        #expect(totals == .of())
    }

    @Test("A charge is written once and answered for ever, whatever the outcome would be later")
    func chargeOnce() async throws {
        try await withLedger { ledger in
            let first = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .authorized)
            let again = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .declined, declineReason: "no")
            #expect(first == .new(first.entry))
            #expect(again == .known(first.entry))
            #expect(try await ledger.charge(paymentId: first.entry.paymentId) == first.entry)
            #expect(
                try await ledger.totals()
                    == .of {
                        $0.charges = 1
                        $0.authorizedCents = 1_250
                        $0.netCents = 1_250
                        $0.ordersCharged = 1
                        $0.replays = 1
                    })
        }
    }

    @Test(
        "A key belongs to its request: another amount, order, card or currency is refused",
        arguments: [
            ChargeRequest.order("o-1", cents: 1_251), .order("o-2"), .order("o-1", card: "card-1"),
            ChargeRequest(orderId: "o-1", amountCents: 1_250, currency: "EUR", paymentMethod: "card-4242"),
        ])
    func otherRequest(other: ChargeRequest) async throws {
        try await withLedger { ledger in
            _ = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .authorized)
            let before = try await ledger.totals()
            await #expect(throws: LedgerRefusal.keyOfAnotherRequest(key: "k-1")) {
                try await ledger.charge(other, key: "k-1", outcome: .authorized)
            }
            #expect(try await ledger.totals() == before)
        }
    }

    @Test("The key of a charge can't be used for a refund")
    func keyAcrossOperations() async throws {
        try await withLedger { ledger in
            let charge = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .authorized).entry
            await #expect(throws: LedgerRefusal.keyOfAnotherRequest(key: "k-1")) {
                try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 1), key: "k-1")
            }
        }
    }

    @Test("Fifty simultaneous charges under one key make one")
    func simultaneous() async throws {
        try await withLedger { ledger in
            let answers = try await withThrowingTaskGroup(of: Recorded<Charge>.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await ledger.charge(.order("o-1"), key: "k-1", outcome: .authorized) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.entry)).count == 1)
            #expect(answers.count { $0 == .new($0.entry) } == 1)
            #expect(try await ledger.totals()?.charges == 1)
            #expect(try await ledger.totals()?.replays == 49)
        }
    }

    @Test("A declined charge takes nothing and gives nothing back")
    func declined() async throws {
        try await withLedger { ledger in
            let charge = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .declined, declineReason: "no").entry
            await #expect(throws: LedgerRefusal.paymentDeclined(paymentId: charge.paymentId)) {
                try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 1), key: "k-2")
            }
            #expect(try await ledger.totals() == .of { $0.declined = 1 })
        }
    }

    @Test("Refunds come to the charge at most, cent by cent")
    func refundBounds() async throws {
        try await withLedger { ledger in
            let charge = try await ledger.charge(.order("o-1", cents: 100), key: "k-1", outcome: .authorized).entry
            _ = try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 60), key: "k-2")
            await #expect(throws: LedgerRefusal.exceedsCharge(paymentId: charge.paymentId, refundableCents: 40)) {
                try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 41), key: "k-3")
            }
            _ = try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 40), key: "k-3")
            await #expect(throws: LedgerRefusal.exceedsCharge(paymentId: charge.paymentId, refundableCents: 0)) {
                try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 1), key: "k-4")
            }
            #expect(
                try await ledger.totals()
                    == .of {
                        $0.charges = 1
                        $0.authorizedCents = 100
                        $0.refunds = 2
                        $0.refundedCents = 100
                        $0.ordersCharged = 1
                    })
        }
    }

    @Test("Fifty simultaneous refunds under keys of their own never give back more than was charged")
    func simultaneousRefunds() async throws {
        try await withLedger { ledger in
            let charge = try await ledger.charge(.order("o-1", cents: 100), key: "k-1", outcome: .authorized).entry
            await withTaskGroup { group in
                for number in 0..<50 {
                    group.addTask {
                        _ = try? await ledger.refund(
                            RefundRequest(paymentId: charge.paymentId, amountCents: 30), key: "r-\(number)")
                    }
                }
            }
            #expect(try await ledger.totals()?.refundedCents == 90)
        }
    }

    @Test("A refund is made once per key")
    func refundOnce() async throws {
        try await withLedger { ledger in
            let charge = try await ledger.charge(.order("o-1", cents: 100), key: "k-1", outcome: .authorized).entry
            let request = RefundRequest(paymentId: charge.paymentId, amountCents: 100)
            let first = try await ledger.refund(request, key: "k-2")
            #expect(try await ledger.refund(request, key: "k-2") == .known(first.entry))
            await #expect(throws: LedgerRefusal.keyOfAnotherRequest(key: "k-2")) {
                try await ledger.refund(RefundRequest(paymentId: charge.paymentId, amountCents: 99), key: "k-2")
            }
            #expect(try await ledger.totals()?.refunds == 1)
        }
    }

    @Test("A refund of an unknown payment is refused, and its key stays free")
    func unknownPayment() async throws {
        try await withLedger { ledger in
            await #expect(throws: LedgerRefusal.unknownPayment(paymentId: "none")) {
                try await ledger.refund(RefundRequest(paymentId: "none", amountCents: 1), key: "k-1")
            }
            let charge = try await ledger.charge(.order("o-1"), key: "k-1", outcome: .authorized)
            #expect(charge == .new(charge.entry))
        }
    }

    @Test("An order charged twice shows, until one of the charges is given back in full")
    func chargedTwice() async throws {
        try await withLedger { ledger in
            _ = try await ledger.charge(.order("o-1", cents: 100), key: "k-1", outcome: .authorized)
            let second = try await ledger.charge(.order("o-1", cents: 100), key: "k-2", outcome: .authorized).entry
            _ = try await ledger.charge(.order("o-1", cents: 100), key: "k-3", outcome: .declined, declineReason: "no")
            #expect(try await ledger.totals()?.ordersChargedTwice == 1)
            _ = try await ledger.refund(RefundRequest(paymentId: second.paymentId, amountCents: 99), key: "k-4")
            #expect(try await ledger.totals()?.ordersChargedTwice == 1)
            _ = try await ledger.refund(RefundRequest(paymentId: second.paymentId, amountCents: 1), key: "k-5")
            #expect(try await ledger.totals()?.ordersChargedTwice == 0)
        }
    }

    @Test("What was written is there when the file is opened again")
    func reopened() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("ledger.sqlite").path
        let first = try Ledger(path: path)
        let charge = try await first.charge(.order("o-1"), key: "k-1", outcome: .authorized).entry
        try first.close()
        let second = try Ledger(path: path)
        #expect(try await second.charge(.order("o-1"), key: "k-1", outcome: .authorized) == .known(charge))
        try second.close()
    }
}
