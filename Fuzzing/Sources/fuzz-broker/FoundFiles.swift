import NIOCore
import NIOEmbedded

@testable import EmbeddedKafka

/// The files of a log, cut out of an input: a flag for mended checksums, then three lengths, then the files.
struct FoundFiles {
    private var files: [(name: String, contents: ByteBuffer)] = []

    init(_ input: ByteBuffer) {
        var input = input
        let isMended = (input.readInteger(as: UInt8.self) ?? 0) & 1 == 0
        let lengths = (0..<3).map { _ in Int(input.readInteger(as: UInt16.self) ?? 0) }
        let names = ["00000000000000000000.log", "00000000000000000003.log", LogCheckpoint.fileName, "00000000000000000000.index"]
        for (name, length) in zip(names, lengths + [.max]) {
            guard let contents = input.readSlice(length: min(length, input.readableBytes)), contents.readableBytes > 0 else { continue }
            files.append((name, isMended && name.hasSuffix(".log") ? Checksums.mended(contents) : contents))
        }
    }

    /// Opens the log of a partition, uses it in every way, and opens it again: it must say the same.
    func open() throws {
        let store = MemoryStore()
        for file in files { try store.replace(file.name, with: file.contents, syncing: false) }
        var configuration = LogConfiguration()
        configuration.compacts = true
        configuration.minCleanableDirtyRatio = nil
        let log = try PartitionLog.open(in: store, configuration: configuration, logger: .silent)
        let (start, end) = (log.startOffset, log.endOffset)
        log.abandon()
        let again = try PartitionLog.open(in: store, configuration: configuration, logger: .silent)
        precondition(
            (again.startOffset, again.endOffset) == (start, end),
            "reopened at \(again.startOffset)..<\(again.endOffset), not \(start)..<\(end)")
        try? use(again)
        let partition = try Partition(topic: "t", index: 0, log: again)
        try partition.close()
    }

    private func use(_ log: PartitionLog) throws {
        var offset = log.startOffset
        while offset < log.endOffset {
            let slice = try log.read(from: offset, maxBytes: 1 << 16)
            guard slice.bytes.readableBytes > 0 else { break }
            precondition(slice.nextOffset > offset, "read \(offset) and is no further at \(slice.nextOffset)")
            offset = slice.nextOffset
        }
        _ = try log.offset(forTimestamp: 1_700_000_000_000)
        _ = try log.offsetOfMaxTimestamp()
        var batch = RecordBatch.Builder()
        batch.append(key: ByteBuffer(string: "k"), value: nil, timestamp: 1_700_000_000_000)
        let built = batch.build()
        try log.append(built.bytes, header: built.header, leaderEpoch: 0)
        try log.roll()
        _ = try log.compact(now: 1_800_000_000_000, upTo: log.endOffset)
        _ = try log.enforceRetention(now: 1_800_000_000_000)
        _ = try log.deleteRecords(before: log.endOffset)
    }

    /// Starts a broker on them as its own logs, each of which must do with what it finds.
    func start() throws {
        for name in Broker.internalLogs.sorted() {
            let storage = try Storage(folder: nil, logger: .silent)
            let store = try storage.openLog(name + "-0", LogConfiguration()).store
            for file in files { try store.replace(file.name, with: file.contents, syncing: false) }
            let loop = EmbeddedEventLoop()
            guard let broker = try? Broker(.fuzzed, storage: storage, faults: FaultBoard(), loop: loop) else { continue }
            loop.advanceTime(by: .seconds(60))
            broker.stop(.orderly)
        }
    }
}
