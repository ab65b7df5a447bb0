import Foundation
import Logging
import NIOCore

/// A compacted log of the broker's own: the last value of each key is what it knows.
struct StateLog<Value: Codable> {
    let log: PartitionLog

    init(_ name: String, in storage: Storage) throws {
        var configuration = LogConfiguration()
        configuration.compacts = true
        configuration.deletes = false
        configuration.segmentBytes = 8 << 20
        log = try storage.openLog(name + "-0", configuration)
    }

    /// Writes all or nothing. `nil` forgets the key.
    func write(_ values: [(key: String, value: Value?)], at now: Int64) throws {
        guard !values.isEmpty else { return }
        let encoder = JSONEncoder()
        var builder = RecordBatch.Builder()
        for (key, value) in values {
            let bytes = try value.map { ByteBuffer(bytes: try encoder.encode($0)) }
            builder.append(key: ByteBuffer(string: key), value: bytes, timestamp: now)
        }
        let batch = builder.build()
        try log.append(batch.bytes, header: batch.header, leaderEpoch: 0)
    }

    func readAll() throws -> [String: Value] {
        let decoder = JSONDecoder()
        var values: [String: Value] = [:]
        var offset = log.startOffset
        while offset < log.endOffset {
            let slice = try log.read(from: offset, maxBytes: 1 << 20)
            var bytes = slice.bytes
            guard bytes.readableBytes > 0 else { break }
            while bytes.readableBytes > 0 {
                let header = try RecordBatchHeader(reading: bytes, at: bytes.readerIndex)
                guard let batch = bytes.readSlice(length: header.sizeInBytes) else { break }
                for record in try RecordBatch.records(in: batch) {
                    guard let key = record.key else { continue }
                    values[String(buffer: key)] = try record.value.map { try decoder.decode(Value.self, from: Data($0.readableBytesView)) }
                }
            }
            offset = slice.nextOffset
        }
        return values
    }
}
