/// Writes JSON in one canonical form, so that equal values give equal bytes: no white space, object members sorted by the bytes of
/// their names, only the escapes that RFC 8259 demands, numbers as ``JSONNumber/description``.
///
/// Members of an object that is written piece by piece must be given in sorted order; generated code does.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Whether everything that was written so far satisfied the checks that it was written with.
    public private(set) var isValid = true
    private var needsComma = false

    /// - Parameter capacity: the bytes to make room for at once; more are found when they are needed.
    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// For a check that the writer doesn't know.
    public mutating func check(_ condition: Bool) {
        if !condition { isValid = false }
    }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of the next member.
    public mutating func key(_ name: String) {
        separate()
        _ = quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of the next member, escaped already: generated code knows its names.
    public mutating func member(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        ByteScan.append(name, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func write(_ value: String) { _ = writeCounting(value) }

    /// - Returns: the length of the string in code points.
    mutating func writeCounting(_ value: String) -> Int {
        separate()
        return quote(value)
    }

    public mutating func write(_ value: Int) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude)
    }

    public mutating func write(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null:
            separate()
            bytes.append(contentsOf: "null".utf8)
        case .bool(let bool): write(bool)
        case .number(let number):
            separate()
            bytes.append(contentsOf: number.description.utf8)
        case .string(let string): write(string)
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .object(let object):
            beginObject()
            for (key, value) in object.sortedMembers {
                self.key(key)
                write(value)
            }
            endObject()
        }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func digits(_ value: UInt) {
        if value >= 10 { digits(value / 10) }
        bytes.append(48 + UInt8(truncatingIfNeeded: value % 10))
    }

    private mutating func quote(_ text: String) -> Int {
        bytes.append(UInt8(ascii: "\""))
        let (isPlain, codePoints) = text.withBytes(ByteScan.survey)
        if isPlain { bytes.append(contentsOf: text.utf8) } else { escape(text) }
        bytes.append(UInt8(ascii: "\""))
        return codePoints
    }

    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
            case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
            case 0..<0x20:
                bytes.append(contentsOf: #"\u00"#.utf8)
                for half in [byte >> 4, byte & 15] { bytes.append(half < 10 ? 48 + half : 87 + half) }
            default: bytes.append(byte)
            }
        }
    }
}
