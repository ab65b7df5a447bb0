/// Payment methods that make the gateway misbehave. Any other one is authorized at once.
enum TestCard: String, CaseIterable, Hashable, Sendable {
    /// Declined for insufficient funds.
    case declined = "card-declined"
    /// Authorized after a delay that a client may find too long.
    case slow = "card-slow"
    /// Authorized after a delay that outlasts any client.
    case silent = "card-silent"
    /// The first attempt of each key fails with nothing recorded; later ones work.
    case flaky = "card-flaky"
    /// The charge is recorded, but the first answer is lost: nothing but the idempotency key prevents a second charge.
    case lostAnswer = "card-lost-answer"
}
