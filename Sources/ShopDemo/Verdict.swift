/// Whether the shop's books and the gateway's ledger tell the same story.
struct Verdict: Sendable, Hashable {
    /// Everything that doesn't add up, one sentence each; empty when the books balance.
    let faults: [String]

    var balances: Bool { faults.isEmpty }

    init(_ books: Books, _ ledger: Ledger, remaining: Int, expectation: Expectation?) {
        var faults: [String] = []
        if books.placed == 0 { faults.append("no order was placed: there is nothing to prove") }
        if ledger.netCents != books.confirmedCents {
            faults.append(
                "the gateway kept \(Money(ledger.netCents)), the confirmed orders come to \(Money(books.confirmedCents))")
        }
        if books.checkedOut != books.placed {
            faults.append("\(books.checkedOut) carts were checked out, but \(books.placed) orders were placed")
        }
        if books.placed != books.confirmed + books.cancelledTotal {
            faults.append(
                "\(books.placed) orders were placed, but \(books.confirmed + books.cancelledTotal) came to an end")
        }
        if books.refundsRequested != books.refunded {
            faults.append("\(books.refundsRequested) refunds were asked for, \(books.refunded) were made")
        }
        if ledger.ordersChargedTwice > 0 { faults.append("\(ledger.ordersChargedTwice) orders were charged twice") }
        if books.deadLetters > 0 { faults.append("\(books.deadLetters) records ended as dead letters") }
        if remaining > 0 { faults.append("\(remaining) records are not processed yet") }
        faults += books.contradictions
        faults += expectation?.differences(books, ledger) ?? []
        self.faults = faults
    }
}
