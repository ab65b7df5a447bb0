@testable import ExactlyOnceWorker

/// What is going to happen, all of it drawn from one seed.
struct ChaosPlan: CustomStringConvertible {
    let seed: UInt64
    let records: Int
    /// What strikes each worker, one fault an incarnation; after the last one it lives on.
    var faults: [[RelayOptions.Fault]]
    /// After how many records relayed the broker is killed.
    var brokerKills: [Int]
    var defect: RelayOptions.Defect?

    /// - Parameters:
    ///   - kills: of workers, `stops` likewise: spread over the workers by turns.
    ///   - brokerKills: spread over the run.
    init(seed: UInt64, records: Int, workers: Int, kills: Int, stops: Int, brokerKills: Int) {
        self.seed = seed
        self.records = records
        var generator = SeededGenerator(state: seed)
        var signals = Array(repeating: RelayOptions.Fault.Signal.kill, count: kills) + Array(repeating: .stop, count: stops)
        signals.shuffle(using: &generator)
        faults = Array(repeating: [], count: workers)
        for (index, signal) in signals.enumerated() {
            // A zombie is worth waking only with a transaction in its hand.
            let points: [RelayOptions.Point] = signal == .stop ? [.produced, .offsetsSent] : RelayOptions.Point.allCases
            faults[index % workers].append(
                .init(
                    signal: signal, point: points[Int.random(in: 0..<points.count, using: &generator)],
                    batch: Int.random(in: 2...30, using: &generator)))
        }
        let stretch = records / (brokerKills + 1)
        self.brokerKills = (0..<brokerKills).map { stretch * $0 + Int.random(in: stretch / 2..<stretch, using: &generator) }
    }

    var description: String {
        let workers = faults.enumerated().map { worker, faults in
            "worker \(worker): " + faults.map { "\($0.signal) when \($0.point), batch \($0.batch)" }.joined(separator: "; ")
        }
        return (["seed \(seed), \(records) records"] + workers + ["broker: kill after \(brokerKills) records"]).joined(separator: "\n  ")
    }
}
