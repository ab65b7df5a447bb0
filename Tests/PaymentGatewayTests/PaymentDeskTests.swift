import ServiceLifecycleTestKit
import Testing

@testable import PaymentGateway

@Suite("The desk that takes charges and refunds")
struct PaymentDeskTests {
    @Test("A lost answer hides a charge that stands; the key finds it, and no second one is made")
    func lostAnswer() async throws {
        try await withDesk { desk in
            let request = ChargeRequest.order("o-1", card: "card-lost-answer")
            await #expect(throws: Interruption.answerLost) { try await desk.charge(request, key: "k-1") }
            #expect(try await desk.ledger.totals()?.authorizedCents == 1_250)
            let answer = try await desk.charge(request, key: "k-1")
            #expect(answer == .known(answer.entry))
            #expect(try await desk.ledger.totals()?.charges == 1)
        }
    }

    @Test("A flaky card fails the first attempt of each key, and nothing is recorded by it")
    func flaky() async throws {
        try await withDesk { desk in
            let request = ChargeRequest.order("o-1", card: "card-flaky")
            await #expect(throws: Interruption.flakyCard) { try await desk.charge(request, key: "k-1") }
            #expect(try await desk.ledger.totals() == .of())
            let answer = try await desk.charge(request, key: "k-1")
            #expect(answer == .new(answer.entry))
            #expect(try await desk.charge(request, key: "k-1") == .known(answer.entry))
            await #expect(throws: Interruption.flakyCard) { try await desk.charge(request, key: "k-2") }
        }
    }

    @Test("A slow card is recorded only when it answers, and its replay does not wait")
    func slow() async throws {
        // Long enough that a machine under load answers a known key in less.
        let delays = CardConduct.Delays(slow: .seconds(5), silent: .seconds(600))
        try await withDesk(delays: delays) { desk in
            let request = ChargeRequest.order("o-1", card: "card-slow")
            let start = ContinuousClock.now
            let answer = try await desk.charge(request, key: "k-1")
            let answered = ContinuousClock.now
            #expect(answered - start >= .seconds(5))
            #expect(try await desk.charge(request, key: "k-1") == .known(answer.entry))
            #expect(.now - answered < .seconds(5))
        }
    }

    @Test("A shutdown does not wait for a silent card, and leaves nothing of it in the ledger")
    func silent() async throws {
        try await withDesk { desk in
            await testGracefulShutdown { shutdown in
                async let answer = desk.charge(.order("o-1", card: "card-silent"), key: "k-1")
                shutdown.triggerGracefulShutdown()
                do {
                    Issue.record("answered \(try await answer)")
                } catch {
                    #expect(error as? Interruption == .stopping)
                }
            }
            let totals = try await desk.ledger.totals()
            #expect(totals == .of())
        }
    }

    @Test("What fails by a switch records nothing, and the same key works when it is over", arguments: [
        (Switches(outage: true), Interruption.outage), (Switches(errorRate: 1), .injectedError),
    ])
    func switchedOff(switches: Switches, interruption: Interruption) async throws {
        try await withDesk(switches) { desk in
            await #expect(throws: interruption) { try await desk.charge(.order("o-1"), key: "k-1") }
            await #expect(throws: interruption) {
                try await desk.refund(RefundRequest(paymentId: "p", amountCents: 1), key: "k-2")
            }
            #expect(try await desk.ledger.totals() == .of())
            try desk.switchBoard.apply(SwitchChange(errorRate: 0, outage: false))
            let answer = try await desk.charge(.order("o-1"), key: "k-1")
            #expect(answer == .new(answer.entry))
        }
    }
}
