/// Where JSON text is malformed, and how. Lines and columns count from 1, columns in bytes.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    public let offset: Int
    public let line: Int
    public let column: Int

    init(_ message: String, at offset: Int, in bytes: [UInt8]) {
        self.message = message
        self.offset = offset
        let before = bytes.prefix(offset)
        line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    }

    public var description: String { "line \(line), column \(column): \(message)" }
}
