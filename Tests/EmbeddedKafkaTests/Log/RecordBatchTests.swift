import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Record batches from outside", .temporaryDirectory)
struct RecordBatchTests {
    private let good = RecordBatch.Validated.sample(
        keys: ["a", "b", nil], producer: (5, 2, 9), isTransactional: true)

    /// The good batch with some bytes of its header replaced, and the checksum that goes with them.
    private func changed(_ position: Int, _ value: some FixedWidthInteger, seal: Bool = true) -> ByteBuffer {
        var bytes = good.bytes
        bytes.setInteger(value, at: position)
        if seal { bytes.setInteger(RecordBatch.checksum(of: bytes), at: 17) }
        return bytes
    }

    private func failure(
        _ bytes: ByteBuffer, maxBytes: Int = 10_000, requiringKeys: Bool = false
    ) -> RecordBatchError? {
        do throws(RecordBatchError) {
            _ = try RecordBatch.validate(bytes, maxBytes: maxBytes, requiringKeys: requiringKeys)
            return nil
        } catch {
            return error
        }
    }

    @Test("are taken as they are, one or several")
    func taken() throws {
        var two = ByteBuffer(string: "before")
        two.moveReaderIndex(to: 6)
        two.writeImmutableBuffer(good.bytes)
        two.writeImmutableBuffer(good.bytes)
        #expect(try RecordBatch.validate(two, maxBytes: 10_000) == [good, good])
        #expect(good.header.isTransactional)
        #expect(good.header.lastSequence == 11)
    }

    @Test("that lie about themselves are refused with the reason")
    func refused() {
        let bytes = good.bytes
        let size = bytes.readableBytes
        #expect(failure(ByteBuffer()) == .truncated)
        #expect(failure(changed(8, Int32.max)) == .tooLarge(bytes: Int(Int32.max) + 12, limit: 10_000))
        #expect(failure(changed(8, Int32.max), maxBytes: .max) == .truncated)
        #expect(failure(changed(8, Int32(-1))) == .invalidLength(-1))
        #expect(failure(changed(8, Int32(48))) == .invalidLength(48))
        #expect(failure(changed(16, Int8(1))) == .unsupportedMagic(1))
        #expect(failure(bytes, maxBytes: size - 1) == .tooLarge(bytes: size, limit: size - 1))
        let computed = RecordBatch.checksum(of: changed(27, Int64(3)))
        #expect(
            failure(changed(27, Int64(3), seal: false))
                == .checksumMismatch(stored: good.header.crc, computed: computed))
        #expect(failure(changed(21, Int16(7))) == .unknownCodec(7))
        #expect(failure(changed(57, Int32(-1))) == .invalidHeader("-1 records up to offset delta 2"))
        #expect(failure(changed(57, Int32(0))) == .invalidHeader("0 records up to offset delta 2"))
        #expect(failure(changed(23, Int32.max)) == .invalidHeader("3 records up to offset delta 2147483647"))
        #expect(failure(changed(23, Int32.min)) == .invalidHeader("3 records up to offset delta -2147483648"))
        #expect(failure(changed(51, Int16(-1))) == .invalidHeader("producer 5 without epoch or sequence"))
        #expect(failure(changed(53, Int32(-1))) == .invalidHeader("producer 5 without epoch or sequence"))
        #expect(failure(changed(43, Int64(-1))) == .invalidHeader("transactional without a producer"))
        #expect(failure(changed(61, Int8(-1))) == .invalidRecord(index: 0))
        #expect(failure(changed(61, Int8(126))) == .invalidRecord(index: 0))
        #expect(failure(bytes, requiringKeys: true) == .missingKey(index: 2))
        #expect(failure(RecordBatch.Builder().build().bytes) == .invalidHeader("0 records up to offset delta 0"))
    }

    @Test("are refused when cut off at any byte")
    func cutAnywhere() {
        for length in 0..<good.bytes.readableBytes {
            var bytes = good.bytes
            bytes.moveWriterIndex(to: length)
            #expect(failure(bytes) == .truncated)
        }
    }

    @Test("with any bytes at all are refused or can be read, never more")
    func mutated() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            var bytes = good.bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let position = Int.random(in: 0..<bytes.readableBytes, using: &random)
                bytes.setInteger(UInt8.random(in: 0...255, using: &random), at: position)
            }
            if Bool.random(using: &random) { bytes.setInteger(RecordBatch.checksum(of: bytes), at: 17) }
            guard let batches = try? RecordBatch.validate(bytes, maxBytes: 10_000) else { continue }
            for batch in batches where batch.header.codec == 0 {
                #expect(try RecordBatch.records(in: batch.bytes).count == Int(batch.header.recordCount))
                _ = try ControlRecord(in: batch.bytes)
            }
        }
    }

    @Test("pass with whatever a codec made of their records, which then can't be listed")
    func compressed() throws {
        var header = good.header
        header.attributes |= 4
        let batch = RecordBatch.seal(&header, records: ByteBuffer(string: "opaque"))
        #expect(try RecordBatch.validate(batch.bytes, maxBytes: 10_000, requiringKeys: true) == [batch])
        #expect(throws: RecordBatchError.compressed) { try RecordBatch.records(in: batch.bytes) }
    }

    @Test("count sequence numbers on from 0 after the greatest")
    func sequenceWraps() {
        var header = good.header
        header.baseSequence = .max - 1
        #expect(header.lastSequence == 0)
        header.baseSequence = -1
        #expect(header.lastSequence == -1)
    }

    @Test("that end a transaction say how", arguments: [ControlRecord.Kind.abort, .commit])
    func markers(kind: ControlRecord.Kind) throws {
        let marker = ControlRecord(kind)
        let batch = marker.batch(producerID: 5, producerEpoch: 2, timestamp: 77)
        #expect(try RecordBatch.validate(batch.bytes, maxBytes: 1_000) == [batch])
        #expect(batch.header.isControl && batch.header.isTransactional)
        #expect(try ControlRecord(in: batch.bytes) == marker)
    }

    @Test("have the checksum of RFC 3720, for every length")
    func checksum() {
        func crc(_ bytes: [UInt8]) -> UInt32 { CRC32C.checksum(ByteBuffer(bytes: bytes).readableBytesSpan) }
        #expect(crc(Array("123456789".utf8)) == 0xE306_9283)
        #expect(crc([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(crc([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(crc(Array(0..<32)) == 0x46DD_794E)
        for length in 0..<200 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ length) }
            var slow: UInt32 = .max
            for byte in bytes {
                slow ^= UInt32(byte)
                for _ in 0..<8 { slow = slow & 1 == 1 ? (slow >> 1) ^ 0x82F6_3B78 : slow >> 1 }
            }
            #expect(crc(bytes) == ~slow)
        }
    }
}
