import Testing

@testable import PaymentGateway

@Suite("The switches")
struct SwitchBoardTests {
    @Test("With everything off a call goes straight on")
    func off() {
        #expect(SwitchBoard(seed: 1).admit() == SwitchBoard.Admission(delay: .zero))
    }

    @Test("An outage fails every call")
    func outage() throws {
        let board = SwitchBoard(Switches(outage: true), seed: 1)
        #expect(board.admit().interruption == .outage)
        try board.apply(SwitchChange(outage: false))
        #expect(board.admit().interruption == nil)
    }

    @Test("Latency delays calls, and also those that fail")
    func latency() {
        let board = SwitchBoard(Switches(latencyMs: 250, outage: true), seed: 1)
        #expect(board.admit() == SwitchBoard.Admission(delay: .milliseconds(250), interruption: .outage))
    }

    @Test("A rate of errors fails about that share of the calls", arguments: [0.0, 0.05, 0.5, 1.0])
    func errorRate(rate: Double) {
        let board = SwitchBoard(Switches(errorRate: rate), seed: 7)
        let failed = (0..<10_000).count { _ in board.admit().interruption == .injectedError }
        #expect(abs(Double(failed) / 10_000 - rate) < 0.02)
    }

    @Test("The same seed fails the same calls, another seed others")
    func seeded() {
        func failures(seed: UInt64) -> [Bool] {
            let board = SwitchBoard(Switches(errorRate: 0.5), seed: seed)
            return (0..<100).map { _ in board.admit().interruption != nil }
        }
        #expect(failures(seed: 3) == failures(seed: 3))
        #expect(failures(seed: 3) != failures(seed: 4))
    }

    @Test("The generator is SplitMix64")
    func splitMix() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect((0..<3).map { _ in generator.next() } == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test("A change leaves alone what it does not name")
    func partialChange() throws {
        let board = SwitchBoard(Switches(latencyMs: 10, errorRate: 0.1, outage: false), seed: 1)
        #expect(try board.apply(SwitchChange(outage: true)) == Switches(latencyMs: 10, errorRate: 0.1, outage: true))
    }

    @Test(
        "A value out of range is refused and changes nothing",
        arguments: [
            (SwitchChange(latencyMs: -1, outage: true), "latencyMs"), (SwitchChange(latencyMs: 600_001), "latencyMs"),
            (SwitchChange(errorRate: 1.01), "errorRate"), (SwitchChange(errorRate: -.infinity), "errorRate"),
            (SwitchChange(errorRate: .nan), "errorRate"),
        ])
    func outOfRange(change: SwitchChange, field: String) {
        let board = SwitchBoard(seed: 1)
        let fault = #expect(throws: FieldFault.self) { try board.apply(change) }
        #expect(fault?.field == field)
        #expect(board.switches == Switches())
    }

    @Test("A key is new once")
    func firstAttempt() {
        let board = SwitchBoard(seed: 1)
        #expect(["a", "b", "a", "a"].map(board.isFirstAttempt) == [true, true, false, false])
    }
}
