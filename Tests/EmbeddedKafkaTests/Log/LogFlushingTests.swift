import Testing

@testable import EmbeddedKafka

@Suite("A power cut", .temporaryDirectory)
struct LogFlushingTests {
    @Test("takes what was never flushed, and nothing else", arguments: Medium.allCases, 0...6)
    func losesTheTail(medium: Medium, flushed: Int) throws {
        var configuration = LogConfiguration()
        configuration.segmentBytes = 200
        let fixture = try LogFixture(medium)
        let log = try fixture.open(configuration)
        for index in 0..<6 {
            if index == flushed { try log.flush() }
            try log.append(.sample(keys: ["a"]))
        }
        if flushed == 6 { try log.flush() }
        #expect(log.flushedOffset == Int64(flushed))
        try log.truncateUnflushed()
        #expect(log.endOffset == Int64(flushed))
        #expect(try log.append(.sample(keys: ["b"])) == Int64(flushed))
        #expect(try fixture.open(configuration).records().map(\.offset) == Array(0...Int64(flushed)))
    }

    @Test(
        "finds on the disk what a ticket covered, also one performed late on another thread",
        arguments: Medium.allCases)
    func tickets(medium: Medium) async throws {
        let log = try LogFixture(medium).open()
        #expect(try log.dirtyFiles() === nil)
        try log.append(.sample(keys: ["a"]))
        let ticket = try #require(try log.dirtyFiles())
        try log.append(.sample(keys: ["b"]))
        try await Task.detached { try ticket.perform() }.value
        try log.didFlush(ticket)
        #expect(log.flushedOffset == 1)
        let second = try #require(try log.dirtyFiles())
        try log.truncateUnflushed()
        #expect(log.endOffset == 1)
        try log.append(.sample(keys: ["c"]))
        try log.didFlush(second)
        #expect(log.flushedOffset == 1, "the ticket is from before the cut")
    }

    @Test("needs the sealed segments only, to spare their check at the next opening", arguments: Medium.allCases)
    func sealedOnly(medium: Medium) throws {
        var configuration = LogConfiguration()
        configuration.segmentBytes = 100
        let fixture = try LogFixture(medium)
        let log = try fixture.open(configuration)
        for _ in 0..<3 { try log.append(.sample(keys: ["a"])) }
        let ticket = try #require(try log.dirtyFiles(sealedOnly: true))
        #expect(ticket.parts.map(\.baseOffset) == [0, 1])
        try ticket.perform()
        try log.didFlush(ticket)
        #expect(log.flushedOffset == 2)
        #expect(try fixture.open(configuration).checkpoint.recoveryPoint == 2)
    }
}

