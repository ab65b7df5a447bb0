/// One value of a ``JSONDocument``, or the name of a member. Holds no references, so that going over a document counts none.
struct JSONNode: Sendable {
    enum Form: UInt8, Sendable {
        /// `payload` is 1 for `true`, else 0.
        case null, bool
        /// `payload` has the bits of an `Int64`.
        case integer
        /// `payload` has the bits of an `Int64`, the significand; `exponent` is that of ten.
        case decimal
        /// `payload` is an index of ``JSONDocument/numbers``.
        case largeNumber
        /// `payload` is where the bytes start and how many there are.
        case text
        /// `payload` is the number of items or members.
        case array, object
    }

    let form: Form
    /// The one that the value has.
    let kinds: ValueKinds
    let exponent: Int16
    /// The place behind the value and all within it. Of a name: where it stands in the text that was read.
    var end: Int32
    var payload: UInt64

    private init(_ form: Form, _ kinds: ValueKinds, exponent: Int16 = 0, end: Int, payload: UInt64) {
        self.form = form
        self.kinds = kinds
        self.exponent = exponent
        self.end = Int32(truncatingIfNeeded: end)
        self.payload = payload
    }

    static func null(end: Int) -> JSONNode { JSONNode(.null, .null, end: end, payload: 0) }
    static func bool(_ value: Bool, end: Int) -> JSONNode { JSONNode(.bool, .boolean, end: end, payload: value ? 1 : 0) }
    static func array(count: Int = 0, end: Int = 0) -> JSONNode { JSONNode(.array, .array, end: end, payload: UInt64(count)) }
    static func object(count: Int = 0, end: Int = 0) -> JSONNode { JSONNode(.object, .object, end: end, payload: UInt64(count)) }

    static func integer(_ value: Int64, end: Int) -> JSONNode {
        JSONNode(.integer, .integer, end: end, payload: UInt64(bitPattern: value))
    }

    /// In lowest terms; not a whole number that fits an `Int64`.
    static func decimal(_ significand: Int64, exponent: Int16, end: Int) -> JSONNode {
        JSONNode(.decimal, exponent < 0 ? .fraction : .integer, exponent: exponent, end: end, payload: UInt64(bitPattern: significand))
    }

    static func text(start: Int, count: Int, end: Int) -> JSONNode {
        JSONNode(.text, .string, end: end, payload: UInt64(start) << 32 | UInt64(count))
    }

    /// `numbers` takes up a number that is too large for a node.
    static func number(_ number: JSONNumber, end: Int, numbers: inout [JSONNumber]) -> JSONNode {
        switch number.form {
        case .integer(let value): return .integer(value, end: end)
        case .scaled(let significand, let exponent):
            if let exponent = Int16(exactly: exponent) { return .decimal(significand, exponent: exponent, end: end) }
        case .large: break
        }
        numbers.append(number)
        return JSONNode(.largeNumber, number.isInteger ? .integer : .fraction, end: end, payload: UInt64(numbers.count - 1))
    }

    /// Of items or members; none in a scalar, whose payload is something else.
    var count: Int { form == .array || form == .object ? Int(payload) : 0 }

    var bytes: Range<Int> {
        let start = Int(payload >> 32)
        return start..<start + Int(payload & 0xFFFF_FFFF)
    }

    var signed: Int64 { Int64(bitPattern: payload) }
}
