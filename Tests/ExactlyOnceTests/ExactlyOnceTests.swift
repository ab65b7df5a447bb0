import Foundation
import Testing

@testable import ExactlyOnceWorker

/// Consume→produce in transactions, on a broker of its own that is killed like everyone else.
///
/// | environment | meaning |
/// | --- | --- |
/// | `FERRY_CHAOS_SEED` | the seed of a run to repeat, as it was printed |
/// | `FERRY_CHAOS_RECORDS` | records in at least, default 60,000 |
/// | `FERRY_CHAOS_KILLS`, `FERRY_CHAOS_STOPS` | workers killed, workers stopped beyond their session, default 4 and 1 |
/// | `FERRY_CHAOS_BROKER_KILLS` | default 2 |
/// | `FERRY_CHAOS_BROKERS` | another Kafka to run on, whose brokers are left alone |
@Suite("Exactly once under kill -9", .serialized, .timeLimit(.minutes(15)))
struct ExactlyOnceTests {
    private static func setting(_ name: String, _ standard: Int) throws -> Int {
        guard let text = ProcessInfo.processInfo.environment[name] else { return standard }
        return try #require(Int(text), "\(name)=\(text) is not a number")
    }

    /// Whether a process is stopped only Linux tells, so elsewhere it can't be seen to have landed.
    #if os(Linux)
    private static let standardStops = 1
    #else
    private static let standardStops = 0
    #endif

    private static let seed: UInt64 =
        ProcessInfo.processInfo.environment["FERRY_CHAOS_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max)

    private static let brokers = ProcessInfo.processInfo.environment["FERRY_CHAOS_BROKERS"]

    /// Prints what is going to happen before it happens, and what did.
    private static func run(_ plan: ChaosPlan) async throws -> ChaosRun.Outcome {
        print("exactly once: \(plan)")
        let outcome = try await ChaosRun(plan: plan, programs: Programs(), brokers: brokers).run()
        print("exactly once: \(outcome)")
        return outcome
    }

    @Test("Nothing is missing, nothing is there twice, each key is in order: workers killed and stopped, the broker killed")
    func exact() async throws {
        let plan = ChaosPlan(
            seed: Self.seed, records: try Self.setting("FERRY_CHAOS_RECORDS", 60_000), workers: 3,
            kills: try Self.setting("FERRY_CHAOS_KILLS", 4), stops: try Self.setting("FERRY_CHAOS_STOPS", Self.standardStops),
            brokerKills: Self.brokers == nil ? try Self.setting("FERRY_CHAOS_BROKER_KILLS", 2) : 0)
        let outcome = try await Self.run(plan)
        #expect(outcome.isExact, "\(outcome)")
    }

    @Test("A worker that commits its offsets outside the transaction is found out", arguments: RelayOptions.Defect.allCases)
    func foundOut(defect: RelayOptions.Defect) async throws {
        var plan = ChaosPlan(seed: Self.seed, records: 5_000, workers: 2, kills: 0, stops: 0, brokerKills: 0)
        plan.defect = defect
        let point = defect == .offsetsAfterwards ? RelayOptions.Point.committed : .produced
        plan.faults = [[.init(signal: .kill, point: point, batch: 5)], []]
        let outcome = try await Self.run(plan)
        #expect(outcome.landed.count == 1)
        switch defect {
        case .offsetsAfterwards: #expect(outcome.tally.twice > 0 && outcome.missing == 0)
        case .offsetsBeforehand: #expect(outcome.missing > 0)
        }
    }
}
