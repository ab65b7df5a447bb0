import Testing

@testable import EmbeddedKafka

@Suite("Retention", .temporaryDirectory)
struct LogRetentionTests {
    /// Ten segments of two batches each, with timestamps 0, 10, 20 …
    private func tenSegments(_ medium: Medium, _ change: (inout LogConfiguration) -> Void) throws -> PartitionLog {
        var configuration = LogConfiguration()
        change(&configuration)
        configuration.segmentBytes = 170
        let log = try LogFixture(medium).open(configuration)
        for index in 0..<20 { try log.append(.sample(keys: ["k"], timestamps: [Int64(index) * 10])) }
        #expect(log.segments.map(\.baseOffset) == Array(stride(from: 0, to: 20, by: 2)))
        return log
    }

    @Test("by time removes whole segments whose last record is too old", arguments: Medium.allCases)
    func byTime(medium: Medium) throws {
        let log = try tenSegments(medium) { $0.retentionMilliseconds = 100 }
        #expect(try log.enforceRetention(now: 150) == 2)
        #expect(log.startOffset == 4)
        #expect(throws: LogError.offsetOutOfRange(3, start: 4, end: 20)) { try log.read(from: 3, maxBytes: 1) }
        #expect(try log.records().map(\.offset) == Array(4..<20))
    }

    @Test("by time removes everything in the end, and offsets go on", arguments: Medium.allCases)
    func everything(medium: Medium) throws {
        let log = try tenSegments(medium) { $0.retentionMilliseconds = 100 }
        #expect(try log.enforceRetention(now: 10_000) == 10)
        #expect(log.startOffset == 20)
        #expect(log.endOffset == 20)
        #expect(try log.append(.sample(keys: ["k"])) == 20)
    }

    @Test("by size removes the oldest segments beyond the limit", arguments: Medium.allCases)
    func bySize(medium: Medium) throws {
        let log = try tenSegments(medium) { ($0.retentionMilliseconds, $0.retentionBytes) = (nil, 600) }
        try log.enforceRetention(now: 10_000)
        #expect((600..<760).contains(log.sizeInBytes))
        #expect(log.startOffset == 12)
    }

    @Test("keeps records without a timestamp, and everything if the log doesn't delete", arguments: Medium.allCases)
    func keeps(medium: Medium) throws {
        let log = try tenSegments(medium) { ($0.deletes, $0.retentionBytes) = (false, 0) }
        #expect(try log.enforceRetention(now: .max) == 0)
        let timeless = try LogFixture(medium).open()
        for _ in 0..<3 {
            try timeless.append(.sample(keys: ["k"], timestamps: [-1]))
            try timeless.roll()
        }
        #expect(try timeless.enforceRetention(now: 1 << 50) == 0)
    }

    @Test(
        "DeleteRecords moves the start, also inside a batch, and it stays there",
        arguments: Medium.allCases, [true, false])
    func deleteRecords(medium: Medium, orderly: Bool) throws {
        let fixture = try LogFixture(medium)
        var configuration = LogConfiguration()
        configuration.segmentBytes = 250
        let log = try fixture.open(configuration)
        for _ in 0..<6 { try log.append(.sample(keys: ["a", "b", "c"])) }
        #expect(log.segments.map(\.baseOffset) == [0, 6, 12])
        try log.deleteRecords(before: 7)
        #expect(log.segments.map(\.baseOffset) == [6, 12])
        try log.deleteRecords(before: 2)
        #expect(log.startOffset == 7)
        #expect(throws: LogError.offsetOutOfRange(19, start: 7, end: 18)) { try log.deleteRecords(before: 19) }
        if orderly { try log.close() }
        let again = try fixture.open(configuration)
        #expect(again.startOffset == 7)
        #expect(try again.records().map(\.offset) == Array(7..<18))
        try again.deleteRecords(before: 18)
        #expect(try fixture.open(configuration).records() == [])
        #expect(again.startOffset == 18)
    }
}
