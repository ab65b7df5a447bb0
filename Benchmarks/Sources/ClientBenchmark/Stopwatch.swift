import Foundation

/// Wall clock and CPU time since it was made.
struct Stopwatch {
    private let wall = ContinuousClock.now
    private let cpu = Self.cpuSeconds()

    func read(records: Int) -> Measurement {
        let elapsed = ContinuousClock.now - wall
        return Measurement(records: records, seconds: elapsed / .seconds(1), cpuSeconds: Self.cpuSeconds() - cpu)
    }

    /// User and system time of all threads.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
