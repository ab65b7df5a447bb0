import EventContracts
import Testing

@testable import ShopDemo

@Suite("The books of the shop")
struct BooksTests {
    private func event(_ type: String, _ data: String) -> CloudEvent {
        CloudEvent(id: "e", source: "/test", type: type, data: Array(data.utf8))
    }

    private func balancedBooks() throws -> Books {
        var books = Books()
        try books.note(event("shop.cart.checked-out.v1", "{}"))
        try books.note(event("shop.order.placed.v1", "{}"))
        try books.note(event("shop.order.confirmed.v1", #"{"orderId":"o-1","totalCents":250}"#))
        return books
    }

    private let ledger = Ledger(
        charges: 1, authorizedCents: 250, declined: 0, refunds: 0, refundedCents: 0, netCents: 250, ordersChargedTwice: 0,
        replays: 0)

    @Test("One confirmed order and one charge of the same amount balance")
    func balances() throws {
        let verdict = Verdict(try balancedBooks(), ledger, remaining: 0, expectation: nil)
        #expect(verdict.faults == [])
        #expect(try balancedBooks().isSettled)
    }

    @Test("Whatever doesn't add up is told")
    func faults() throws {
        func faults(_ change: (inout Books, inout Ledger) throws -> Void, remaining: Int = 0) throws -> [String] {
            var (books, ledger) = (try balancedBooks(), ledger)
            try change(&books, &ledger)
            return Verdict(books, ledger, remaining: remaining, expectation: nil).faults
        }
        #expect(
            try faults { _, ledger in ledger.netCents = 251 }
                == ["the gateway kept $2.51, the confirmed orders come to $2.50"])
        #expect(try faults { _, ledger in ledger.ordersChargedTwice = 1 } == ["1 orders were charged twice"])
        #expect(try faults { books, _ in books.deadLetters = 2 } == ["2 records ended as dead letters"])
        #expect(try faults({ _, _ in }, remaining: 3) == ["3 records are not processed yet"])
        #expect(
            try faults { books, _ in try books.note(event("shop.cart.checked-out.v1", "{}")) }
                == ["2 carts were checked out, but 1 orders were placed"])
        #expect(
            try faults { books, _ in books.placed += 1 } == [
                "1 carts were checked out, but 2 orders were placed", "2 orders were placed, but 1 came to an end",
            ])
        #expect(
            try faults { books, _ in
                books.placed += 1
                books.checkedOut += 1
                try books.note(event("shop.order.cancelled.v1", #"{"orderId":"o-1","reason":"paymentDeclined"}"#))
            } == ["order o-1 was confirmed, then cancelled"])
    }

    @Test("An empty shop proves nothing")
    func nothing() {
        let empty = Ledger(
            charges: 0, authorizedCents: 0, declined: 0, refunds: 0, refundedCents: 0, netCents: 0, ordersChargedTwice: 0,
            replays: 0)
        #expect(!Verdict(Books(), empty, remaining: 0, expectation: nil).balances)
    }

    @Test("Expected totals are compared one by one")
    func expectation() throws {
        var expectation = Expectation()
        expectation.placed = 1
        expectation.confirmedCents = 300
        expectation.cancelled = ["paymentDeclined": 1]
        let verdict = Verdict(try balancedBooks(), ledger, remaining: 0, expectation: expectation)
        #expect(
            verdict.faults == [
                "cents in confirmed orders: expected 300, found 250",
                "orders cancelled: expected [\"paymentDeclined\": 1], found [:]",
            ])
    }

    @Test("Cents are written as dollars", arguments: [
        (0, "$0.00"), (5, "$0.05"), (123_456, "$1,234.56"), (250_031_563, "$2,500,315.63"), (-100, "-$1.00"),
    ])
    func money(cents: Int, text: String) {
        #expect(Money(cents).description == text)
    }
}
