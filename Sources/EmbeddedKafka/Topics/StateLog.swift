import Foundation
import Logging
import NIOCore

/// A compacted log of the broker's own: the last value of each key is what it knows.
struct StateLog<Value: Codable> {
    let log: PartitionLog

    init(at directory: String?, logger: Logger) throws {
        var configuration = LogConfiguration()
        configuration.compacts = true
        configuration.deletes = false
        configuration.segmentBytes = 8 << 20
        log = try PartitionLog.open(at: directory, configuration: configuration, logger: logger)
    }

    /// `nil` forgets the key.
    func write(_ value: Value?, for key: String, at now: Int64) throws {
        var builder = RecordBatch.Builder()
        let bytes = try value.map { ByteBuffer(bytes: Array(try JSONEncoder().encode($0))) }
        builder.append(key: ByteBuffer(string: key), value: bytes, timestamp: now)
        let batch = builder.build()
        try log.append(batch.bytes, header: batch.header, leaderEpoch: 0)
    }

    func readAll() throws -> [String: Value] {
        var values: [String: Value] = [:]
        var offset = log.startOffset
        while offset < log.endOffset {
            let slice = try log.read(from: offset, maxBytes: 1 << 20)
            guard slice.batchCount > 0 else { break }
            var bytes = slice.bytes
            while bytes.readableBytes > 0 {
                let header = try RecordBatchHeader(reading: bytes, at: bytes.readerIndex)
                guard let batch = bytes.readSlice(length: header.sizeInBytes) else { break }
                for record in try RecordBatch.records(in: batch) {
                    guard let key = record.key else { continue }
                    values[String(buffer: key)] = try record.value.map {
                        try JSONDecoder().decode(Value.self, from: Data($0.readableBytesView))
                    }
                }
            }
            offset = slice.nextOffset
        }
        return values
    }

    func maintain(now: Int64) throws {
        _ = try log.compact(now: now, upTo: log.endOffset)
    }

    func close() throws { try log.close() }
}
