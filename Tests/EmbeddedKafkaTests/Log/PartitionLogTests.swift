import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("A partition's log", .temporaryDirectory)
struct PartitionLogTests {
    @Test(
        "gives offsets in order, stamps them without touching the checksum, and reads them back",
        arguments: Medium.allCases)
    func appendsAndReads(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        let bases = try [
            log.append(.sample(keys: ["a", "b"])), log.append(.sample(keys: ["c"])),
            log.append(.sample(keys: [nil, "e", "f"])),
        ]
        #expect(bases == [0, 2, 3])
        #expect(log.startOffset == 0)
        #expect(log.endOffset == 6)
        let batches = try log.read(from: 0, maxBytes: 1 << 20).batches()
        #expect(batches.map(\.header.baseOffset) == [0, 2, 3])
        #expect(batches.map(\.header.partitionLeaderEpoch) == [7, 7, 7])
        for batch in batches { try RecordBatch.verifyChecksum(of: batch.bytes, header: batch.header) }
        #expect(log.sizeInBytes == batches.reduce(0) { $0 + $1.bytes.readableBytes })
        #expect(try log.records(from: 4).map(\.offset) == [4, 5])
    }

    @Test("keeps NULL and empty apart, timestamps, and every byte that it doesn't stamp", arguments: Medium.allCases)
    func keepsEverything(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        var builder = RecordBatch.Builder()
        builder.append(key: nil, value: ByteBuffer(), timestamp: 500)
        builder.append(key: ByteBuffer(), value: nil, timestamp: 100)
        let batch = builder.build()
        try log.append(batch)
        #expect(
            try log.records() == [
                Record(offset: 0, timestamp: 500, key: nil, value: ByteBuffer()),
                Record(offset: 1, timestamp: 100, key: ByteBuffer(), value: nil),
            ])
        let checked = try log.read(from: 0, maxBytes: 1 << 20).bytes.readableBytesView.dropFirst(RecordBatchHeader.checkedFrom)
        #expect(checked.elementsEqual(batch.bytes.readableBytesView.dropFirst(RecordBatchHeader.checkedFrom)))
    }

    @Test("stamps its own time where the topic asks for it, with a new checksum", arguments: Medium.allCases)
    func stampsAppendTime(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        try log.append(.sample(keys: ["a", "b"], timestamps: [1, 2]), appendTime: 9_000)
        #expect(try log.records().map(\.timestamp) == [9_000, 9_000])
        #expect(try log.headers().map(\.usesAppendTime) == [true])
    }

    @Test("reads across segments from every offset", arguments: Medium.allCases, [1, 100, 5_000])
    func readsAcrossSegments(medium: Medium, maxBytes: Int) throws {
        let fixture = try LogFixture(medium)
        var configuration = LogConfiguration()
        configuration.segmentBytes = 1_000
        configuration.indexIntervalBytes = 200
        let log = try fixture.open(configuration)
        for index in 0..<100 { try log.append(.sample(keys: Array(repeating: "k\(index)", count: 1 + index % 3))) }
        #expect(log.segments.count > 10)
        let all = try log.records(maxBytes: maxBytes)
        #expect(all.map(\.offset) == Array(0..<log.endOffset))
        for offset in 0..<log.endOffset {
            let first = try #require(try log.read(from: offset, maxBytes: maxBytes).batches().first).header
            #expect((first.baseOffset...first.lastOffset).contains(offset))
        }
        #expect(try log.headers(from: 50).first.map { $0.baseOffset...$0.lastOffset }?.contains(50) == true)
        try log.close()
        #expect(try fixture.open(configuration).records() == all)
    }

    @Test("begins a segment when the records span more than segment.ms", arguments: Medium.allCases)
    func rollsByTime(medium: Medium) throws {
        var configuration = LogConfiguration()
        configuration.segmentMilliseconds = 100
        let log = try LogFixture(medium).open(configuration)
        for time: Int64 in [1_000, 1_100, 1_101, 1_150, 1_300] {
            try log.append(.sample(keys: ["k"], timestamps: [time]))
        }
        #expect(log.segments.map(\.baseOffset) == [0, 2, 4])
    }

    @Test("gives whole batches within the limits, and one at least if asked", arguments: Medium.allCases)
    func limits(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        for key in ["a", "b", "c", "d"] { try log.append(.sample(keys: [key])) }
        let size = log.sizeInBytes / 4
        func offsets(_ maxBytes: Int, upTo limit: Int64 = .max, atLeastOne: Bool = true) throws -> [Int64] {
            try log.read(from: 1, maxBytes: maxBytes, upTo: limit, atLeastOneBatch: atLeastOne)
                .batches().map(\.header.baseOffset)
        }
        #expect(try offsets(2 * size) == [1, 2])
        #expect(try offsets(3 * size - 1) == [1, 2])
        #expect(try offsets(0) == [1])
        #expect(try offsets(size - 1, atLeastOne: false) == [])
        #expect(try offsets(10 * size, upTo: 3) == [1, 2])
        #expect(try offsets(10 * size, upTo: 1) == [])
        #expect(try log.read(from: 4, maxBytes: 100) == .empty(at: 4))
    }

    @Test("refuses offsets outside of start and end", arguments: Medium.allCases)
    func outOfRange(medium: Medium) throws {
        let log = try LogFixture(medium).open()
        try log.append(.sample(keys: ["a", "b"]))
        for offset: Int64 in [-1, 3, .max] {
            #expect(throws: LogError.offsetOutOfRange(offset, start: 0, end: 2)) {
                try log.read(from: offset, maxBytes: 100)
            }
        }
    }

    @Test("continues where it was, after a close and after a kill", arguments: Medium.allCases, [true, false])
    func reopens(medium: Medium, orderly: Bool) throws {
        let fixture = try LogFixture(medium)
        var configuration = LogConfiguration()
        configuration.segmentBytes = 300
        var expected: [Int64] = []
        for round in 0..<5 {
            let log = try fixture.open(configuration)
            #expect(log.endOffset == Int64(round) * 4)
            try log.append(.sample(keys: ["a", "b", "c"]))
            try log.append(.sample(keys: ["d"]))
            expected += [Int64(round) * 4, Int64(round) * 4 + 3]
            #expect(try log.headers().map(\.baseOffset) == expected)
            if orderly { try log.close() }
        }
        #expect(fixture.lines.warnings == [])
    }

    @Test(
        "takes nothing after it was closed, and nothing is left of it after it was deleted",
        arguments: Medium.allCases)
    func ends(medium: Medium) throws {
        let fixture = try LogFixture(medium)
        let log = try fixture.open()
        try log.append(.sample(keys: ["a"]))
        try log.close()
        try log.close()
        #expect(throws: LogError.closed) { try log.append(.sample(keys: ["b"])) }
        let again = try fixture.open()
        try again.delete()
        #expect((try? fixture.store.names()) ?? [] == [])
    }

    #if os(Linux)
    @Test("takes back a batch that the disk had no room for")
    func fullDisk() throws {
        let file = try DiskFile(path: "/dev/full")
        #expect(throws: LogError.system(operation: "write", file: "/dev/full", errno: 28)) {
            try file.append(ByteBuffer(string: "head"), ByteBuffer(string: "body"))
        }
        #expect(file.size == 0)
    }
    #endif
}
