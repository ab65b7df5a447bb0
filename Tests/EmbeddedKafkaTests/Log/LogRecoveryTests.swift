import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("A log after a crash", .temporaryDirectory)
struct LogRecoveryTests {
    private let first = Segment.fileName(0, .log)

    /// Five batches in one segment and the ends of each.
    private func smallLog(_ medium: Medium) throws -> (LogFixture, ends: [Int]) {
        let fixture = try LogFixture(medium)
        let log = try fixture.open()
        var ends: [Int] = []
        for index in 0..<5 {
            try log.append(.sample(keys: Array(repeating: "key", count: 1 + index % 2), size: index))
            ends.append(log.sizeInBytes)
        }
        return (fixture, ends)
    }

    @Test("cuts a torn tail back to the last whole batch, at whatever byte it was torn, and says so")
    func tornAnywhere() throws {
        let (fixture, ends) = try smallLog(.memory)
        for length in 0...ends[4] {
            let copy = try fixture.copy()
            try copy.change(first) { $0.removeLast($0.count - length) }
            let log = try copy.open()
            let whole = ends.filter { $0 <= length }
            #expect(log.sizeInBytes == whole.last ?? 0)
            #expect(try log.headers().count == whole.count)
            #expect(copy.lines.warnings.isEmpty == (length == whole.last ?? 0))
            let base = try log.append(.sample(keys: ["next"]))
            #expect(try log.records().last?.offset == base)
        }
    }

    @Test("cuts a torn tail on a real disk too")
    func tornOnDisk() throws {
        let (fixture, ends) = try smallLog(.disk)
        try fixture.change(first) { $0.removeLast() }
        #expect(try fixture.open().sizeInBytes == ends[3])
        #expect(fixture.lines.warnings == ["Cut the log at its last whole batch"])
    }

    @Test("keeps nothing from a damaged byte on, wherever it is")
    func damagedAnywhere() throws {
        let (fixture, ends) = try smallLog(.memory)
        for position in 0..<ends[4] {
            let copy = try fixture.copy()
            try copy.change(first) { $0[position] ^= 0x40 }
            let log = try copy.open()
            let before = ends.filter { $0 <= position }.count
            // The leader epoch is the broker's to stamp, and a base offset may leave a gap.
            let inBatch = position - (before == 0 ? 0 : ends[before - 1])
            let isStamp = (4..<8).contains(inBatch) || (12..<16).contains(inBatch)
            if !isStamp { #expect(try log.headers().count == before, "byte \(position)") }
            #expect(try log.read(from: log.startOffset, maxBytes: 1 << 20).batches().count >= min(before, 1))
        }
    }

    @Test("drops the segments after a damaged one, and goes on from there", arguments: Medium.allCases)
    func damagedInTheMiddle(medium: Medium) throws {
        let fixture = try LogFixture(medium)
        var configuration = LogConfiguration()
        configuration.segmentBytes = 100
        let log = try fixture.open(configuration)
        for _ in 0..<5 { try log.append(.sample(keys: ["a"])) }
        try fixture.change(Segment.fileName(2, .log)) { $0[70] ^= 1 }
        let again = try fixture.open(configuration)
        #expect(again.endOffset == 2)
        #expect(fixture.lines.warnings == ["Cut the log at its last whole batch"])
        try again.append(.sample(keys: ["b"]))
        #expect(try again.texts(from: 1) == ["1:a=vvvvvvvvvv", "2:b=vvvvvvvvvv"])
    }

    @Test("does not read what was synced, nor anything after an orderly close", arguments: [true, false])
    func trustsWhatIsKnown(orderly: Bool) throws {
        let fixture = try LogFixture(.disk)
        var configuration = LogConfiguration()
        configuration.segmentBytes = 100
        let log = try fixture.open(configuration)
        for _ in 0..<3 { try log.append(.sample(keys: ["a"])) }
        if orderly { try log.close() } else { try log.flush() }
        // Damage that only a check of the bytes could find.
        try fixture.change(first) { $0[70] ^= 1 }
        #expect(try fixture.open(configuration).endOffset == 3)
        #expect(fixture.lines.warnings == [])
    }

    @Test("does not believe the mark of an orderly close that the data has outgrown")
    func staleMark() throws {
        let (fixture, ends) = try smallLog(.memory)
        try fixture.open().close()
        let mark = try fixture.store.contents(of: LogCheckpoint.fileName)
        let log = try fixture.open()
        try log.append(.sample(keys: ["late"]))
        try fixture.store.replace(LogCheckpoint.fileName, with: try #require(mark), syncing: false)
        try fixture.change(first) { $0.removeLast() }
        #expect(try fixture.open().sizeInBytes == ends[4])
    }

    @Test("makes damaged or missing indexes anew", arguments: [0, 7, 24, 1_000])
    func damagedIndexes(zeros: Int) throws {
        let fixture = try LogFixture(.memory)
        var configuration = LogConfiguration()
        (configuration.segmentBytes, configuration.indexIntervalBytes) = (2_000, 100)
        let log = try fixture.open(configuration)
        for time in 0..<100 { try log.append(.sample(keys: ["k"], timestamps: [1_000 + Int64(time)])) }
        try log.close()
        for name in try fixture.store.names() where name.contains("index") {
            try fixture.change(name) { $0 = Array(repeating: 0, count: zeros) }
        }
        let again = try fixture.open(configuration)
        for offset in 0..<Int64(100) {
            #expect(try again.records(from: offset).first?.offset == offset)
            #expect(try again.offset(forTimestamp: 1_000 + offset)?.offset == offset)
        }
    }

    @Test("passes over a damaged checkpoint and says so")
    func damagedCheckpoint() throws {
        let (fixture, ends) = try smallLog(.memory)
        try fixture.open().deleteRecords(before: 3)
        try fixture.change(LogCheckpoint.fileName) { $0[$0.count / 2] ^= 1 }
        let log = try fixture.open()
        #expect(log.sizeInBytes == ends[4])
        #expect(log.startOffset == 0)
        #expect(fixture.lines.warnings == ["Checkpoint is damaged and passed over"])
    }
}
