import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Offsets by time", .temporaryDirectory)
struct TimeLookupTests {
    @Test(
        "are those of the first record that isn't earlier, also inside a batch",
        arguments: Medium.allCases, [true, false])
    func first(medium: Medium, reopened: Bool) throws {
        var configuration = LogConfiguration()
        (configuration.segmentBytes, configuration.indexIntervalBytes) = (1_000, 150)
        let fixture = try LogFixture(medium)
        var log = try fixture.open(configuration)
        // Times that mostly rise, with steps back.
        let times = (0..<300).map { Int64($0 * 10 - ($0 % 7) * 25) }
        for start in stride(from: 0, to: 300, by: 3) {
            try log.append(.sample(keys: ["a", "b", "c"], timestamps: Array(times[start..<(start + 3)])))
        }
        if reopened {
            try log.close()
            log = try fixture.open(configuration)
        }
        for time in stride(from: Int64(-200), to: 3_100, by: 7) {
            let expected = times.firstIndex { $0 >= time }.map { [Int64($0), times[$0]] }
            #expect(try log.offset(forTimestamp: time).map { [$0.offset, $0.timestamp] } == expected, "at \(time)")
        }
        let latest = try log.offsetOfMaxTimestamp().map { [$0.offset, $0.timestamp] }
        #expect(latest == times.max().flatMap { time in times.firstIndex(of: time).map { [Int64($0), time] } })
        try log.deleteRecords(before: 100)
        #expect(try log.offset(forTimestamp: 0)?.offset == 100)
    }

    @Test("are none in an empty log", arguments: Medium.allCases)
    func empty(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        #expect(try log.offset(forTimestamp: 0) == nil)
        #expect(try log.offsetOfMaxTimestamp() == nil)
        #expect(try log.offset(forTimestamp: .min) == nil)
    }

    @Test("stand at the beginning of a compressed batch, whose records can't be seen")
    func compressed() throws {
        let log = try LogFixture(.memory).open()
        try log.append(.sample(keys: ["a"], timestamps: [10]))
        var batch = RecordBatch.Validated.sample(keys: ["a", "b"], timestamps: [20, 30])
        batch.header.attributes |= 4
        try log.append(RecordBatch.seal(&batch.header, records: ByteBuffer(string: "opaque")))
        #expect(try log.offset(forTimestamp: 25).map { [$0.offset, $0.timestamp] } == [1, 30])
    }
}
