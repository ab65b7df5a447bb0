import NIOCore

/// Follows a stream of bytes by the headers of its TLS records (RFC 8446, 5.1), and counts what is no part of any.
struct TLSRecords {
    private(set) var strayBytes = 0
    private var unread = ByteBuffer()

    mutating func follow(_ bytes: ByteBuffer) {
        unread.discardReadBytes()
        unread.writeImmutableBuffer(bytes)
        while let header = Header(unread) {
            // After a stray byte there is no telling where a record begins.
            guard strayBytes == 0, header.isLegal else {
                strayBytes += unread.readableBytes
                return unread.clear()
            }
            guard unread.readableBytes >= header.recordLength else { return }
            unread.moveReaderIndex(forwardBy: header.recordLength)
        }
    }

    private struct Header {
        private static let length = 5

        private let type: UInt8
        private let version: UInt16
        private let payload: UInt16

        init?(_ bytes: ByteBuffer) {
            guard
                let (type, version, payload) = bytes.getMultipleIntegers(at: bytes.readerIndex, as: (UInt8, UInt16, UInt16).self)
            else { return nil }
            (self.type, self.version, self.payload) = (type, version, payload)
        }

        var recordLength: Int { Self.length + Int(payload) }
        var isLegal: Bool { (20...23).contains(type) && (0x0301...0x0304).contains(version) && payload <= (1 << 14) + 2_048 }
    }
}
