/// Writes JSON in one canonical form, so that equal values give equal bytes: no white space, object members sorted by the bytes of
/// their names, only the escapes that RFC 8259 demands, numbers as ``JSONNumber/description``.
///
/// Members of an object that is written piece by piece must be given in sorted order; generated code does.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Whether everything that was written so far satisfied the checks that it was written with.
    public private(set) var isValid = true
    private var needsComma = false
    /// Of the member whose value comes next: it is written with it.
    @usableFromInline var name: StaticString?

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
        write(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of the next member, escaped already: generated code knows its names.
    @inlinable
    public mutating func member(_ name: StaticString) { self.name = name }

    public mutating func write(_ value: String) { _ = writeCounting(value) }

    /// - Returns: the length of the string in code points; and where it is among the bytes, if it stands there without escapes.
    mutating func writeCounting(_ value: String) -> (codePoints: Int, range: Range<Int>?) {
        let codePoints = value.withBytes { text in
            var codePoints: Int?
            append(text.count + 2) { copy in
                copy.put(UInt8(ascii: "\""))
                codePoints = copy.put(plain: text)
                if codePoints != nil { copy.put(UInt8(ascii: "\"")) }
            }
            return codePoints
        }
        if let codePoints {
            let end = bytes.count - 1
            return (codePoints, end - value.utf8.count..<end)
        }
        escape(value)
        bytes.append(UInt8(ascii: "\""))
        return (value.codePointCount, nil)
    }

    public mutating func write(_ value: Int) {
        let magnitude = value.magnitude
        append(25) { copy in
            if value < 0 { copy.put(UInt8(ascii: "-")) }
            copy.put(decimal: magnitude)
        }
    }

    public mutating func write(_ value: Bool) {
        append(8) { copy in copy.put(value ? 0x65_7572_74 : 0x65_736C_6166, count: value ? 4 : 5) }
    }

    /// A day as RFC 3339 writes it.
    package mutating func write(year: Int, month: Int, day: Int) {
        append(28) { copy in
            copy.put(UInt8(ascii: "\""))
            copy.put(digits: year, count: 4)
            copy.put(UInt8(ascii: "-"))
            copy.put(digits: month, count: 2)
            copy.put(UInt8(ascii: "-"))
            copy.put(digits: day, count: 2)
            copy.put(UInt8(ascii: "\""))
        }
    }

    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append(8) { copy in copy.put(0x6C6C_756E, count: 4) }
        case .bool(let bool): write(bool)
        case .number(let number):
            append(0) { _ in }
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
        append(1) { copy in copy.put(bracket) }
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    /// A value, behind what leads to it.
    ///
    /// - Parameter room: the bytes that the value takes.
    @inline(__always)
    private mutating func append(_ room: Int, _ body: (inout ByteCopy) -> Void) {
        ByteCopy.append((name?.utf8CodeUnitCount ?? 0) + 4 + room, to: &bytes) { copy in
            if needsComma { copy.put(UInt8(ascii: ",")) }
            if let name {
                copy.put(UInt8(ascii: "\""))
                copy.put(name)
                copy.put(UInt8(ascii: "\""))
                copy.put(UInt8(ascii: ":"))
            }
            body(&copy)
        }
        name = nil
        needsComma = true
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

extension ByteCopy {
    /// At most 25 bytes.
    fileprivate mutating func put(decimal value: UInt) {
        guard value >= 100_000_000 else { return put(digits: Int(value), count: 1) }
        put(decimal: value / 100_000_000)
        put(digits: Int(value % 100_000_000), count: 8)
    }

    /// At least so many digits of a number that has at most eight.
    @inline(__always)
    fileprivate mutating func put(digits value: Int, count least: Int) {
        var (rest, word, count) = (UInt32(truncatingIfNeeded: value), 0 as UInt64, 0)
        repeat {
            let tenth = rest / 10
            word = word << 8 | UInt64(48 &+ (rest &- tenth &* 10))
            rest = tenth
            count &+= 1
        } while rest > 0 || count < least
        put(word, count: count)
    }
}
