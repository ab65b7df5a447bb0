import Foundation
import Logging
import NIOCore
import Synchronization
import Testing

@testable import EmbeddedKafka

/// Where a test keeps its log: what a log promises is asked of both.
enum Medium: CaseIterable, CustomStringConvertible {
    case memory, disk

    var description: String { self == .memory ? "in memory" : "on disk" }
}

/// Gives each test a directory of its own, and removes it afterwards.
struct TemporaryDirectory: SuiteTrait, TestTrait, TestScoping {
    @TaskLocal static var path = "/nowhere"

    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        let directory = FileManager.default.temporaryDirectory.appending(path: "partition-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await Self.$path.withValue(directory.path) { try await function() }
    }
}

extension Trait where Self == TemporaryDirectory {
    static var temporaryDirectory: Self { Self() }
}

/// The files of one log, which outlive the log that is open on them.
final class LogFixture {
    let store: any LogStore
    let lines = LogLines()

    init(_ medium: Medium) throws {
        store =
            switch medium {
            case .memory: MemoryStore()
            case .disk: try DiskStore(directory: "\(TemporaryDirectory.path)/\(UUID().uuidString)")
            }
    }

    /// Opens a log on the files. Doing so while another is open is what a kill of the process looks like.
    func open(_ configuration: LogConfiguration = LogConfiguration()) throws -> PartitionLog {
        try PartitionLog.open(in: store, configuration: configuration, logger: lines.logger)
    }

    /// Files with the same contents elsewhere in memory.
    func copy() throws -> LogFixture {
        let copy = try LogFixture(.memory)
        for name in try store.names() {
            try copy.store.replace(name, with: store.contents(of: name) ?? ByteBuffer(), syncing: false)
        }
        return copy
    }

    /// Does to a file what only a disk or another program does.
    func change(_ name: String, _ body: (inout [UInt8]) -> Void) throws {
        var bytes = Array(buffer: try store.contents(of: name) ?? ByteBuffer())
        body(&bytes)
        try store.replace(name, with: ByteBuffer(bytes: bytes), syncing: false)
    }
}

/// Collects what is logged.
struct LogLines: LogHandler {
    private final class Collected: Sendable {
        let lines = Mutex<[(level: Logger.Level, message: String, metadata: Logger.Metadata)]>([])
    }

    private let collected = Collected()
    var all: [String] { collected.lines.withLock { $0.map(\.message) } }
    var warnings: [String] { collected.lines.withLock { $0.filter { $0.level >= .warning }.map(\.message) } }
    /// Everything, with what stands beside the messages.
    var text: String { collected.lines.withLock { $0.map { "\($0.message) \($0.metadata)\n" }.joined() } }
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    var logger: Logger { Logger(label: "log") { _ in self } }

    init(logLevel: Logger.Level = .info) { self.logLevel = logLevel }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        collected.lines.withLock { $0.append((event.level, "\(event.message)", event.metadata ?? [:])) }
    }
}

extension RecordBatch.Validated {
    /// A batch of records whose values are `size` bytes.
    static func sample(
        keys: [String?], values: [String?]? = nil, timestamps: [Int64]? = nil, size: Int = 10,
        producer: (id: Int64, epoch: Int16, sequence: Int32)? = nil, isTransactional: Bool = false
    ) -> Self {
        var builder = RecordBatch.Builder(
            producerID: producer?.id ?? -1, producerEpoch: producer?.epoch ?? -1,
            baseSequence: producer?.sequence ?? -1, isTransactional: isTransactional)
        for (index, key) in keys.enumerated() {
            let value = values.map { $0[index] } ?? String(repeating: "v", count: size)
            builder.append(
                key: key.map { ByteBuffer(string: $0) }, value: value.map { ByteBuffer(string: $0) },
                timestamp: timestamps?[index] ?? 1_000)
        }
        return builder.build()
    }
}

extension PartitionLog {
    @discardableResult
    func append(_ batch: RecordBatch.Validated, appendTime: Int64? = nil) throws -> Int64 {
        try append(batch.bytes, header: batch.header, leaderEpoch: 7, appendTime: appendTime)
    }

    /// All records from an offset on, read in fetches of `maxBytes`.
    func records(from offset: Int64? = nil, maxBytes: Int = 1 << 20) throws -> [Record] {
        var next = offset ?? startOffset
        var records: [Record] = []
        while true {
            let slice = try read(from: next, maxBytes: maxBytes)
            if slice.bytes.readableBytes == 0 { return records }
            for batch in try slice.batches() {
                try RecordBatch.verifyChecksum(of: batch.bytes, header: batch.header)
                if batch.header.isControl { continue }
                records += try RecordBatch.records(in: batch.bytes).filter { $0.offset >= next }
            }
            next = slice.nextOffset
        }
    }

    /// `offset:key=value` of every record, `-` for NULL.
    func texts(from offset: Int64? = nil) throws -> [String] {
        try records(from: offset).map { record in
            let (key, value) = (record.key.map { String(buffer: $0) }, record.value.map { String(buffer: $0) })
            return "\(record.offset):\(key ?? "-")=\(value ?? "-")"
        }
    }

    func headers(from offset: Int64 = 0) throws -> [RecordBatchHeader] {
        var headers: [RecordBatchHeader] = []
        try forEachBatch(from: offset) { headers.append($0) }
        return headers
    }
}

extension LogSlice {
    func batches() throws -> [RecordBatch.Validated] {
        var batches: [RecordBatch.Validated] = []
        var rest = bytes
        while rest.readableBytes > 0 {
            let header = try RecordBatchHeader(reading: rest, at: rest.readerIndex)
            guard let batch = rest.readSlice(length: header.sizeInBytes) else { throw RecordBatchError.truncated }
            batches.append(.init(header: header, bytes: batch))
        }
        return batches
    }
}
