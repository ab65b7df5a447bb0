import Testing

@testable import PaymentGateway

@Suite("The test cards")
struct CardConductTests {
    private let delays = CardConduct.Delays(slow: .seconds(2), silent: .seconds(60))

    private func conduct(_ paymentMethod: String) -> CardConduct {
        CardConduct(paymentMethod: paymentMethod, delays: delays)
    }

    /// An ordinary card, changed in what a test expects.
    private func ordinary(_ change: (inout CardConduct) -> Void = { _ in }) -> CardConduct {
        var conduct = CardConduct(paymentMethod: "card-4242", delays: delays)
        change(&conduct)
        return conduct
    }

    @Test("An ordinary card is authorized at once", arguments: ["card-cdnow", "card-4242", "invoice", "Card-Declined"])
    func ordinaryCard(paymentMethod: String) {
        let conduct = conduct(paymentMethod)
        #expect(conduct == ordinary())
        #expect(conduct.delay == .zero && !conduct.failsFirstAttempt && !conduct.losesAnswer && conduct.outcome == .authorized)
    }

    @Test("card-declined is declined with a reason")
    func declined() {
        #expect(conduct("card-declined") == ordinary { ($0.outcome, $0.declineReason) = (.declined, "insufficient funds") })
    }

    @Test("card-slow and card-silent keep the client waiting, each its own time")
    func waiting() {
        #expect(conduct("card-slow") == ordinary { $0.delay = .seconds(2) })
        #expect(conduct("card-silent") == ordinary { $0.delay = .seconds(60) })
    }

    @Test("card-flaky fails the first attempt, card-lost-answer loses the answer")
    func unreliable() {
        #expect(conduct("card-flaky") == ordinary { $0.failsFirstAttempt = true })
        #expect(conduct("card-lost-answer") == ordinary { $0.losesAnswer = true })
    }
}
