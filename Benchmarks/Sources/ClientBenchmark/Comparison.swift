import Foundation

/// One row of the table: both programs on the same work, in turns.
struct Comparison {
    var title: String
    var c: [Measurement] = []
    var swift: [Measurement] = []

    /// Swift's median rate as a part of C's.
    var rateRatio: Double { Self.median(swift.map(\.recordsPerSecond)) / Self.median(c.map(\.recordsPerSecond)) }

    /// Swift's median CPU time a record as a multiple of C's.
    var cpuRatio: Double {
        Self.median(swift.map(\.cpuMicrosecondsPerRecord)) / Self.median(c.map(\.cpuMicrosecondsPerRecord))
    }

    var row: String {
        let cells = [
            title,
            Self.text(Self.median(c.map(\.recordsPerSecond)), 0), Self.text(Self.median(swift.map(\.recordsPerSecond)), 0),
            Self.text(rateRatio, 2),
            Self.text(Self.median(c.map(\.cpuMicrosecondsPerRecord)), 2),
            Self.text(Self.median(swift.map(\.cpuMicrosecondsPerRecord)), 2),
            Self.text(cpuRatio, 2),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    static let head = """
        | work | C records/s | Swift records/s | ratio | C µs CPU | Swift µs CPU | ratio |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        """

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return .nan }
        return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    }

    private static func text(_ value: Double, _ digits: Int) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
    }
}
