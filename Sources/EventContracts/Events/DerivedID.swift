/// Identifiers that follow from what they are derived from: a UUIDv5 (RFC 9562, section 5.5), the same bytes for the same input.
public enum DerivedID {
    /// The namespace of all identifiers that Ferry derives: fea690c5-231f-54c0-9727-873365a4af33, the UUIDv5 of `ferry.example`
    /// in the DNS namespace. Another one would give the same inputs other identifiers: it never changes.
    private static let namespace: [UInt8] = [
        0xFE, 0xA6, 0x90, 0xC5, 0x23, 0x1F, 0x54, 0xC0, 0x97, 0x27, 0x87, 0x33, 0x65, 0xA4, 0xAF, 0x33,
    ]

    /// Distinct lists give distinct identifiers: each part is led by its length.
    public static func make(from parts: [String]) -> String {
        var bytes = namespace
        for part in parts {
            bytes.append(contentsOf: "\(part.utf8.count):".utf8)
            bytes.append(contentsOf: part.utf8)
        }
        var digest = Array(SHA1.digest(bytes).prefix(16))
        digest[6] = digest[6] & 0x0F | 0x50
        digest[8] = digest[8] & 0x3F | 0x80
        return text(digest)
    }

    /// A UUIDv4, for what must not be derivable: the name of a process that has none.
    public static func random() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(bytes)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
