import Foundation

/// How many records each service has processed, and how fast, sampled while the demo runs.
struct Progress: Sendable {
    struct Pace: Sendable {
        fileprivate(set) var records = 0
        /// The samples between which the count grew, added up: time spent waiting for others doesn't count.
        fileprivate var busy = Duration.zero
        fileprivate var lastSample: ContinuousClock.Instant?

        /// While it was busy; `nil` where that was too short to tell.
        func recordsPerSecond(of processed: Int) -> Int? {
            busy > .milliseconds(200) ? Int(Double(processed) / (busy / .seconds(1))) : nil
        }
    }

    private(set) var paces: [Shop.Member: Pace] = [:]
    /// When any count last grew.
    private(set) var lastChange = ContinuousClock.now
    private var lastLine = ContinuousClock.now

    mutating func note(_ member: Shop.Member, records: Int, at now: ContinuousClock.Instant = .now) {
        var pace = paces[member] ?? Pace()
        if records > pace.records {
            if let lastSample = pace.lastSample { pace.busy += now - lastSample }
            pace.records = records
            lastChange = now
        }
        pace.lastSample = now
        paces[member] = pace
    }

    /// Whether it is time for another line: once a second.
    mutating func isLineDue(at now: ContinuousClock.Instant = .now) -> Bool {
        guard now - lastLine > .seconds(1) else { return false }
        lastLine = now
        return true
    }

    func line(ledger: Ledger?) -> String {
        let counts = Shop.Member.allCases.map { "\($0.rawValue) \(paces[$0]?.records ?? 0)" }.joined(separator: "  ")
        let charged = ledger.map { "  charged \(Money($0.netCents)) in \($0.charges) calls" } ?? ""
        return "  processed: \(counts)\(charged)"
    }
}
