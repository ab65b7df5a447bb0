/// What charging a payment method comes to, decided without doing any of it.
struct CardConduct: Hashable, Sendable {
    /// How long before the charge is recorded.
    var delay: Duration = .zero
    var failsFirstAttempt = false
    /// Whether the answer of the call that records the charge is lost.
    var losesAnswer = false
    var outcome: Charge.Outcome = .authorized
    var declineReason: String?

    /// How long the cards that keep a client waiting take.
    struct Delays: Hashable, Sendable {
        var slow: Duration = .seconds(4)
        var silent: Duration = .seconds(600)
    }

    init(paymentMethod: String, delays: Delays) {
        switch TestCard(rawValue: paymentMethod) {
        case nil: break
        case .declined:
            outcome = .declined
            declineReason = "insufficient funds"
        case .slow: delay = delays.slow
        case .silent: delay = delays.silent
        case .flaky: failsFirstAttempt = true
        case .lostAnswer: losesAnswer = true
        }
    }
}
