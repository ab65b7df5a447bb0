/// Reads JSON text straight into Swift values, and checks on the way what a schema asks of them: one pass, no tree.
///
/// A reader only says yes. What it refuses may still be valid in the eyes of ``Schema``, whose word is final: it gives up where being
/// exact would be slow, see ``isTrusting``. What it reads is valid, and nothing it passed over is malformed.
///
/// After a refusal the reader stands somewhere in the document, and is of no more use.
public struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    var depth = 0
    /// The document is known to be valid, so checks that can't be exact are left out.
    public let isTrusting: Bool

    private static var limits: JSONLimits { .default }

    public init(_ bytes: [UInt8], isTrusting: Bool = false) {
        self.bytes = bytes
        self.isTrusting = isTrusting
    }

    /// To be called after the last value.
    public mutating func end() throws(JSONRefusal) {
        skipSpace()
        guard position == bytes.count, position <= Self.limits.bytes else { throw refusal("the end") }
    }

    /// For a check that the reader doesn't know.
    public func check(_ condition: Bool, _ expected: JSONRefusal.StaticText) throws(JSONRefusal) {
        guard condition else { throw refusal(expected) }
    }

    /// A refusal of what the reader has come to.
    public func refusal(_ expected: JSONRefusal.StaticText) -> JSONRefusal {
        JSONRefusal(offset: position, expected: expected)
    }

    /// The byte at hand; 0, which stands nowhere in JSON, at the end.
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    @inline(__always)
    mutating func skipSpace() {
        if next <= 0x20 { skipSomeSpace() }
    }

    private mutating func skipSomeSpace() {
        while true {
            switch next {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    mutating func enter(_ bracket: UInt8, _ expected: JSONRefusal.StaticText) throws(JSONRefusal) {
        skipSpace()
        guard next == bracket, depth < Self.limits.depth else { throw refusal(expected) }
        position += 1
        depth += 1
    }

    /// What the parser makes of the next value, or part of one.
    mutating func parse<Value>(
        _ expected: JSONRefusal.StaticText, _ body: (inout JSONScanner) throws(JSONParseError) -> Value
    ) throws(JSONRefusal) -> Value {
        var scanner = JSONScanner(bytes: bytes, limits: Self.limits)
        (scanner.position, scanner.depth) = (position, depth)
        do {
            let value = try body(&scanner)
            position = scanner.position
            return value
        } catch {
            throw JSONRefusal(offset: error.offset, expected: expected)
        }
    }
}
