import ServiceLifecycle

/// Takes charges and refunds: first what the switches do to the call, then what the card does, then the ledger.
struct PaymentDesk: Sendable {
    let ledger: Ledger
    let switchBoard: SwitchBoard
    var delays = CardConduct.Delays()

    /// Charges once per key. A known key is answered from the ledger at once, whatever its card does.
    ///
    /// - Throws: ``Interruption``, ``LedgerRefusal``, or what SQLite reports.
    func charge(_ request: ChargeRequest, key: String) async throws -> Recorded<Charge> {
        try await admit()
        let conduct = CardConduct(paymentMethod: request.paymentMethod, delays: delays)
        if conduct.delay > .zero || conduct.failsFirstAttempt {
            if let known = try await ledger.replay(request, key: key) { return .known(known) }
            if conduct.failsFirstAttempt, switchBoard.isFirstAttempt(key: key) { throw Interruption.flakyCard }
            try await wait(conduct.delay)
        }
        let recorded = try await ledger.charge(
            request, key: key, outcome: conduct.outcome, declineReason: conduct.declineReason)
        if conduct.losesAnswer, case .new = recorded { throw Interruption.answerLost }
        return recorded
    }

    /// Gives back once per key.
    ///
    /// - Throws: ``Interruption``, ``LedgerRefusal``, or what SQLite reports.
    func refund(_ request: RefundRequest, key: String) async throws -> Recorded<Refund> {
        try await admit()
        return try await ledger.refund(request, key: key)
    }

    private func admit() async throws {
        let admission = switchBoard.admit()
        try await wait(admission.delay)
        if let interruption = admission.interruption { throw interruption }
    }

    /// A shutdown doesn't wait for those who wait: they end with ``Interruption/stopping``.
    private func wait(_ duration: Duration) async throws(Interruption) {
        guard duration > .zero else { return }
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
        } catch {
            throw .stopping
        }
    }
}
