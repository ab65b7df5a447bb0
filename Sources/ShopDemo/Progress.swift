import Foundation

/// How many records each service has processed, and how fast, sampled while the demo runs.
struct Progress: Sendable {
    struct Pace: Sendable {
        var records = 0
        var firstChange: ContinuousClock.Instant?
        var lastChange: ContinuousClock.Instant?

        /// Over the time in which the count grew; `nil` where that is too short to tell.
        var recordsPerSecond: Int? {
            guard let firstChange, let lastChange, lastChange - firstChange > .milliseconds(200) else { return nil }
            let seconds = (lastChange - firstChange) / .seconds(1)
            return Int(Double(records) / seconds)
        }
    }

    private(set) var paces: [Shop.Member: Pace] = [:]
    /// When any count last grew.
    private(set) var lastChange = ContinuousClock.now

    mutating func note(_ member: Shop.Member, records: Int, at now: ContinuousClock.Instant = .now) {
        var pace = paces[member] ?? Pace()
        if records > pace.records {
            pace.firstChange = pace.firstChange ?? now
            pace.lastChange = now
            pace.records = records
            lastChange = now
        }
        paces[member] = pace
    }

    func line(ledger: Ledger?) -> String {
        let counts = Shop.Member.allCases.map { "\($0.rawValue) \(paces[$0]?.records ?? 0)" }.joined(separator: "  ")
        let charged = ledger.map { "  charged \(Money($0.netCents)) in \($0.charges) calls" } ?? ""
        return "  processed: \(counts)\(charged)"
    }
}
