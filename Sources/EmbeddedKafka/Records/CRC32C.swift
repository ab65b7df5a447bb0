/// The checksum of a record batch: CRC-32C (Castagnoli), as in RFC 3720, appendix B.4.
///
/// Sixteen tables, so that sixteen bytes go in a step with no dependency between their lookups. Every byte
/// that a producer sends and that recovery reads passes through here, so the loop reads without bounds
/// checks: the offsets come from the span's own length, and the table index is a byte plus a row.
enum CRC32C {
    /// Row r holds the effect of a byte that is followed by r zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 16 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 {
                crc = (crc >> 1) ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0)
            }
            tables[byte] = crc
        }
        for row in 1..<16 {
            for byte in 0..<256 {
                let shorter = tables[(row - 1) * 256 + byte]
                tables[row * 256 + byte] = (shorter >> 8) ^ tables[Int(shorter & 0xFF)]
            }
        }
        return tables
    }()

    static func checksum(_ bytes: RawSpan) -> UInt32 {
        tables.withUnsafeBufferPointer { table in
            var crc: UInt32 = 0xFFFF_FFFF
            var offset = 0
            let count = bytes.byteCount
            while count - offset >= 16 {
                let low = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
                let high = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 8, as: UInt64.self)
                let first = UInt64(littleEndian: low) ^ UInt64(crc)
                crc = eight(first, in: table, from: 15) ^ eight(UInt64(littleEndian: high), in: table, from: 7)
                offset += 16
            }
            while offset < count {
                let byte = bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
                crc = (crc >> 8) ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
                offset += 1
            }
            return ~crc
        }
    }

    /// The effect of eight bytes, the first of which is followed by `row` more.
    @inline(__always)
    private static func eight(_ word: UInt64, in table: UnsafeBufferPointer<UInt32>, from row: Int) -> UInt32 {
        let a = table[row << 8 | Int(truncatingIfNeeded: word & 0xFF)]
        let b = table[(row - 1) << 8 | Int(truncatingIfNeeded: word >> 8 & 0xFF)]
        let c = table[(row - 2) << 8 | Int(truncatingIfNeeded: word >> 16 & 0xFF)]
        let d = table[(row - 3) << 8 | Int(truncatingIfNeeded: word >> 24 & 0xFF)]
        let e = table[(row - 4) << 8 | Int(truncatingIfNeeded: word >> 32 & 0xFF)]
        let f = table[(row - 5) << 8 | Int(truncatingIfNeeded: word >> 40 & 0xFF)]
        let g = table[(row - 6) << 8 | Int(truncatingIfNeeded: word >> 48 & 0xFF)]
        let h = table[(row - 7) << 8 | Int(truncatingIfNeeded: word >> 56)]
        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h
    }
}
