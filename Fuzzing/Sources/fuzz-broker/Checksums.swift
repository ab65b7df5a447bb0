import NIOCore

@testable import EmbeddedKafka

/// No fuzzer guesses a checksum, so behind one nothing would be found.
enum Checksums {
    /// The same bytes, as far as they are batches, with the checksums that belong to them.
    static func mended(_ bytes: ByteBuffer) -> ByteBuffer {
        var bytes = bytes
        var index = bytes.readerIndex
        while let header = try? RecordBatchHeader(reading: bytes, at: index),
            let batch = bytes.getSlice(at: index, length: header.sizeInBytes)
        {
            bytes.setInteger(RecordBatch.checksum(of: batch), at: index + 17)
            index += header.sizeInBytes
        }
        return bytes
    }
}
