import KafkaClient
import Testing

/// As many rounds as FERRY_INTERLEAVINGS says; FERRY_SEED repeats a run. A thousand at a time (`make interleavings`):
/// beyond, the mock trips at last over its own assertion that no member synchronizes twice (`rdkafka_mock_cgrp.c`).
@Suite("Random interleavings of send, cancel, close and rebalance, on mock clusters", .timeLimit(.minutes(60)))
struct InterleavingTests {
    @Test("nothing hangs or crashes, every error is one of those documented, and what was acknowledged is in the log")
    func interleavings() async throws {
        let rounds: Int = Environment.number("FERRY_INTERLEAVINGS") ?? 80
        let seed: UInt64 = Environment.number("FERRY_SEED") ?? .random(in: .min ... .max)
        // They mostly wait for the mock's groups, which take 3 s for a first join.
        let lanes = rounds < 1000 ? 8 : 60
        let tallies = try await withThrowingTaskGroup(of: InterleavingTally.Counts.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    let tally = InterleavingTally()
                    try await InterleavingLane(tally).run(rounds: rounds / lanes, seed: seed &+ UInt64(lane))
                    return tally.counts
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let errors = tallies.reduce(into: [:]) { $0.merge($1.errors, uniquingKeysWith: +) }
        let rebalances = tallies.reduce(0) { $0 + $1.rebalances }
        let acknowledged = tallies.reduce(0) { $0 + $1.acknowledgedCount }
        print("""
            \(rounds) interleavings, FERRY_SEED=\(seed): \(acknowledged) records acknowledged, \
            \(tallies.reduce(0) { $0 + $1.read }) read, \(rebalances) rebalances, errors \(errors)
            """)
        #expect(tallies.flatMap(\.unexpected) == [], "FERRY_SEED=\(seed)")
        // It did happen.
        #expect(acknowledged > rounds)
        #expect(rebalances > rounds / 2)
        for code in [KafkaError.Code.cancelled, .closed] { #expect(errors[code, default: 0] > rounds / 10) }
    }
}
