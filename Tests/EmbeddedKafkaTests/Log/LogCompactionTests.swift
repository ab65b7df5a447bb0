import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Compaction", .temporaryDirectory)
struct LogCompactionTests {
    private func configuration(segmentBytes: Int = 1_000) -> LogConfiguration {
        var configuration = LogConfiguration()
        (configuration.compacts, configuration.deletes) = (true, false)
        configuration.segmentBytes = segmentBytes
        configuration.indexIntervalBytes = 100
        configuration.deleteRetentionMilliseconds = 1_600
        return configuration
    }

    /// Puts what was appended so far into reach of the next compaction.
    private func compact(
        _ log: PartitionLog, now: Int64 = 0, upTo lastStable: Int64? = nil
    ) throws -> PartitionLog.Compacted {
        try log.roll()
        return try log.compact(now: now, upTo: lastStable ?? log.endOffset)
    }

    @Test(
        "leaves the last record of each key with its offset: of 602 records of 10 keys, about 12",
        arguments: Medium.allCases)
    func tenKeys(medium: Medium) throws {
        let fixture = try LogFixture(medium)
        let log = try fixture.open(configuration())
        for index in 0..<602 { try log.append(.sample(keys: ["k\(index % 10)"], values: ["\(index)"])) }
        let unsealed = log.active.baseOffset
        let result = try log.compact(now: 0, upTo: log.endOffset)
        #expect(log.startOffset == 0)
        #expect(log.endOffset == 602)
        let left = try log.texts()
        #expect((10...25).contains(left.count))
        #expect(Array(left.suffix(10)) == (592..<602).map { "\($0):k\($0 % 10)=\($0)" })
        #expect(result.removedRecords == 602 - left.count)
        #expect(log.segments.count == 2)
        #expect(unsealed > 580)
        // Every offset can still be asked for, and answers with what comes next.
        for offset in stride(from: Int64(0), to: 602, by: 13) {
            let remaining = left.filter { Int64($0.prefix { $0 != ":" }) ?? 0 >= offset }
            #expect(try log.texts(from: offset) == remaining)
        }
        #expect(try fixture.open(configuration()).texts() == left)
        #expect(fixture.lines.warnings == [])
    }

    @Test("takes records out of a batch without moving the others", arguments: Medium.allCases)
    func withinBatches(medium: Medium) throws {
        let log = try LogFixture(medium).open(configuration())
        try log.append(.sample(keys: ["a", "b", "c"], values: ["1", "2", "3"], timestamps: [10, 90, 30]))
        try log.append(.sample(keys: ["b", "d"], values: ["4", "5"], timestamps: [40, 50]))
        _ = try compact(log)
        #expect(try log.texts() == ["0:a=1", "2:c=3", "3:b=4", "4:d=5"])
        #expect(try log.records().map(\.timestamp) == [10, 30, 40, 50])
        let first = try #require(try log.headers().first)
        #expect([first.lastOffset, Int64(first.recordCount), first.maxTimestamp] == [2, 2, 30])
        #expect(try log.offset(forTimestamp: 60) == nil)
    }

    @Test("happens in rounds, and merges the small segments it leaves", arguments: Medium.allCases)
    func rounds(medium: Medium) throws {
        var configuration = configuration()
        configuration.minCleanableDirtyRatio = nil
        let log = try LogFixture(medium).open(configuration)
        var expected: [String: String] = [:]
        for round in 0..<20 {
            for index in 0..<30 {
                let key = "k\((round * 7 + index) % 40)"
                let offset = try log.append(.sample(keys: [key], values: ["\(round)"]))
                expected[key] = "\(offset):\(key)=\(round)"
            }
            _ = try compact(log)
            #expect(Set(try log.texts()) == Set(expected.values))
        }
        #expect(log.segments.count < 10)
        #expect(try compact(log) == .init())
    }

    @Test("keeps a tombstone for delete.retention.ms after it was compacted, then drops it", arguments: Medium.allCases)
    func tombstones(medium: Medium) throws {
        let fixture = try LogFixture(medium)
        var log = try fixture.open(configuration())
        try log.append(.sample(keys: ["a", "b"], values: ["1", "2"]))
        try log.append(.sample(keys: ["a"], values: [nil]))
        _ = try compact(log, now: 5_000)
        #expect(try log.texts() == ["1:b=2", "2:a=-"])
        log = try fixture.open(configuration())
        _ = try compact(log, now: 6_000)
        #expect(try log.texts() == ["1:b=2", "2:a=-"])
        #expect(try compact(log, now: 6_700).removedRecords == 1)
        #expect(try log.texts() == ["1:b=2"])
        #expect(log.endOffset == 3)
        #expect(try compact(log, now: 9_000) == .init())
    }

    @Test("touches nothing from the last stable offset on", arguments: Medium.allCases)
    func undecided(medium: Medium) throws {
        let log = try LogFixture(medium).open(configuration(segmentBytes: 100))
        for value in ["1", "2", "3", "4"] { try log.append(.sample(keys: ["a"], values: [value])) }
        _ = try compact(log, upTo: 2)
        #expect(try log.texts() == ["1:a=2", "2:a=3", "3:a=4"])
    }

    @Test("lets an aborted record neither stay nor replace a committed one", arguments: Medium.allCases)
    func aborted(medium: Medium) throws {
        let fixture = try LogFixture(medium)
        let log = try fixture.open(configuration())
        let commit = ControlRecord(.commit)
        let abort = ControlRecord(.abort)
        try log.append(.sample(keys: ["a"], values: ["committed"], producer: (1, 0, 0), isTransactional: true))
        try log.append(commit.batch(producerID: 1, producerEpoch: 0, timestamp: 0))
        try log.append(.sample(keys: ["a", "b"], values: ["x", "x"], producer: (1, 0, 1), isTransactional: true))
        try log.append(.sample(keys: ["c"], values: ["other"]))
        try log.append(abort.batch(producerID: 1, producerEpoch: 0, timestamp: 0))
        try log.append(.sample(keys: ["d"], values: ["later"], producer: (1, 0, 3), isTransactional: true))
        try log.append(commit.batch(producerID: 1, producerEpoch: 0, timestamp: 0))
        #expect(try compact(log, now: 1).removedAbortMarkers == [])
        let left = ["0:a=committed", "4:c=other", "6:d=later"]
        #expect(try log.texts() == left)
        #expect(try log.headers().map(\.baseOffset) == [0, 1, 4, 5, 6, 7])
        // Its time over, the marker of the transaction that left nothing goes; those of the others stay.
        #expect(try compact(log, now: 10_000).removedAbortMarkers == [5])
        #expect(try log.texts() == left)
        #expect(try log.headers().map(\.baseOffset) == [0, 1, 4, 6, 7])
    }

    @Test("keeps the last sequence number of each producer until it is old", arguments: Medium.allCases)
    func producers(medium: Medium) throws {
        let log = try LogFixture(medium).open(configuration())
        try log.append(.sample(keys: ["a"], producer: (1, 0, 0)))
        try log.append(.sample(keys: ["a", "a"], producer: (1, 0, 1)))
        try log.append(.sample(keys: ["a"], producer: (2, 0, 0)))
        _ = try compact(log, now: 1)
        #expect(try log.texts() == ["3:a=vvvvvvvvvv"])
        let headers = try log.headers()
        #expect(headers.map(\.producerID) == [1, 2])
        #expect(headers.map(\.lastSequence) == [2, 0])
        #expect(headers.map(\.recordCount) == [0, 1])
        _ = try compact(log, now: 10_000)
        #expect(try log.headers().map(\.producerID) == [2])
        // An empty batch has no record to be found by time.
        #expect(try log.offsetOfMaxTimestamp()?.offset == 3)
    }

    @Test("keeps compressed batches whole, and drops those of aborted transactions", arguments: Medium.allCases)
    func compressed(medium: Medium) throws {
        let log = try LogFixture(medium).open(configuration())
        for isTransactional in [false, true] {
            var batch = RecordBatch.Validated.sample(
                keys: ["a", "b"], producer: (1, 0, isTransactional ? 2 : 0), isTransactional: isTransactional)
            batch.header.attributes |= 2
            try log.append(RecordBatch.seal(&batch.header, records: ByteBuffer(string: "opaque")))
        }
        let abort = ControlRecord(.abort)
        try log.append(abort.batch(producerID: 1, producerEpoch: 0, timestamp: 0))
        try log.append(.sample(keys: ["a"]))
        _ = try compact(log)
        let headers = try log.headers()
        #expect(headers.map(\.baseOffset) == [0, 2, 4, 5])
        #expect(headers.map(\.recordCount) == [2, 0, 1, 1])
        #expect(headers.map(\.codec) == [2, 0, 0, 0])
    }

    @Test(
        "waits until enough is new, and leaves the segment alone that is written to",
        arguments: Medium.allCases)
    func whenDue(medium: Medium) throws {
        var configuration = configuration(segmentBytes: 10_000)
        configuration.segmentMilliseconds = 500
        let log = try LogFixture(medium).open(configuration)
        for index in 0..<50 { try log.append(.sample(keys: ["k\(index)"], timestamps: [1_000])) }
        // As old as it may be, it is written to.
        #expect(try log.planCompaction(now: 1_000_000, upTo: 50)?.now == nil)
        try log.append(.sample(keys: ["k0"], timestamps: [1_501]))
        _ = try log.compact(now: 1_501, upTo: 51)
        #expect(log.checkpoint.compaction.cleanOffset == 50)
        for index in 0..<19 { try log.append(.sample(keys: ["k\(index)"], timestamps: [2_000])) }
        #expect(try log.compact(now: 3_000, upTo: 70) == .init())
        #expect(log.segments.count == 2)
        for index in 0..<40 { try log.append(.sample(keys: ["k\(index)"], timestamps: [2_000])) }
        try log.append(.sample(keys: ["k0"], timestamps: [2_002]))
        #expect(try log.compact(now: 3_000, upTo: 111).removedRecords == 60)
    }

    @Test("may run on another thread while the log goes on; what was deleted meanwhile stays deleted")
    func elsewhere() async throws {
        let fixture = try LogFixture(.disk)
        var settings = configuration()
        settings.retentionBytes = 0
        let log = try fixture.open(settings)
        for index in 0..<30 { try log.append(.sample(keys: ["k\(index % 3)"], values: ["\(index)"])) }
        try log.roll()
        let plan = try #require(try log.planCompaction(now: 0, upTo: 30))
        #expect(try log.planCompaction(now: 0, upTo: 30)?.now == nil)
        try log.append(.sample(keys: ["k0"], values: ["meanwhile"]))
        let draft = try await Task.detached { try plan.perform() }.value
        #expect(try log.finishCompaction(draft).removedRecords == 27)
        #expect(try log.texts() == ["27:k0=27", "28:k1=28", "29:k2=29", "30:k0=meanwhile"])

        try log.roll()
        log.configuration.minCleanableDirtyRatio = nil
        let second = try #require(try log.planCompaction(now: 0, upTo: 31))
        let late = try second.perform()
        try log.deleteRecords(before: 31)
        #expect(try log.finishCompaction(late) == .init())
        #expect(try log.texts() == [])
        #expect(try fixture.store.names().filter { $0.hasSuffix(".cleaned") } == [])
    }

    @Test("makes nothing of segments that were deleted before it came to them")
    func deletedMeanwhile() throws {
        let fixture = try LogFixture(.disk)
        let log = try fixture.open(configuration(segmentBytes: 200))
        for index in 0..<30 { try log.append(.sample(keys: ["k\(index % 3)"])) }
        let plan = try #require(try log.planCompaction(now: 0, upTo: 30))
        try log.deleteRecords(before: 10)
        #expect(throws: LogError.self) { try plan.perform() }
        log.abandonCompaction()
        #expect(try fixture.open().startOffset == 10)
        try log.compact(now: 0, upTo: 30)
        #expect(try log.records().count < 6)
        try log.delete()
        #expect(throws: LogError.self) { try plan.perform() }
        #expect(throws: LogError.self) { try fixture.store.names() }
    }

    @Test("leaves the old segments or the new one, wherever a crash comes between")
    func crashSafe() throws {
        let fixture = try LogFixture(.memory)
        let log = try fixture.open(configuration(segmentBytes: 200))
        for index in 0..<12 { try log.append(.sample(keys: ["k\(index % 2)"], values: ["\(index)"])) }
        try log.roll()
        log.configuration.segmentBytes = 10_000
        let before = try log.texts()
        let plan = try #require(try log.planCompaction(now: 0, upTo: 12))
        let draft = try plan.perform(in: fixture.store)
        let drafted = try fixture.copy()
        #expect(try drafted.open().texts() == before)

        let swap = try #require(draft.parts.first).swap
        let sources = plan.sealed.flatMap { stretch in
            Segment.FileKind.allCases.map { Segment.fileName(stretch.baseOffset, $0) }
        }
        // Decided, and then any number of the old files removed.
        for removed in 0...sources.count {
            let crashed = try fixture.copy()
            try crashed.store.move(swap.draftName, to: swap.decidedName)
            for name in sources.suffix(removed) { try crashed.store.remove(name) }
            #expect(try crashed.open().texts() == ["10:k0=10", "11:k1=11"])
            #expect(try crashed.open().endOffset == 12)
            #expect(crashed.lines.warnings == [])
        }
    }
}
