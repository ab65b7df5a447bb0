/// Reads JSON text strictly by RFC 8259, within limits.
///
/// Refused, with the place: duplicate names, invalid UTF-8, lone surrogates, control characters in strings, anything after the
/// document, more nesting or more bytes than the limits allow.
public enum JSONParser {
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .default
    ) throws(JSONParseError) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw JSONParseError("the document has \(bytes.count) bytes, the limit is \(limits.bytes)", at: 0, in: bytes)
        }
        var scanner = Scanner(bytes: bytes, depthLimit: limits.depth)
        return try scanner.document()
    }
}

public struct JSONLimits: Sendable, Hashable {
    public var bytes: Int
    public var depth: Int

    public init(bytes: Int, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    public static let `default` = JSONLimits(bytes: 64 * 1_024 * 1_024, depth: 256)
}

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

private struct Scanner {
    let bytes: [UInt8]
    let depthLimit: Int
    var position = 0
    var depth = 0

    init(bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    mutating func document() throws(JSONParseError) -> JSONValue {
        let value = try self.value()
        skipSpace()
        guard position == bytes.count else { throw error("nothing may follow the document") }
        return value
    }

    private func error(_ message: String) -> JSONParseError { JSONParseError(message, at: position, in: bytes) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() throws(JSONParseError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte): return .number(try number())
        case nil: throw error("the text ends where a value is expected")
        default: throw error("a value is expected here")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[position..<end].elementsEqual("\(word)".utf8) else {
            throw error("a value is expected here")
        }
        position = end
        return value
    }

    private mutating func enter() throws(JSONParseError) {
        depth += 1
        guard depth <= depthLimit else { throw error("nested deeper than \(depthLimit) levels") }
        position += 1
        skipSpace()
    }

    private mutating func object() throws(JSONParseError) -> JSONValue {
        try enter()
        var object = JSONObject()
        if next == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return .object(object)
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a member name in quotes is expected here") }
            let start = position
            let key = try string()
            guard object[key] == nil else {
                throw JSONParseError("the name \"\(key)\" occurs twice in one object", at: start, in: bytes)
            }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw error("a colon is expected here") }
            position += 1
            object[key] = try value()
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                depth -= 1
                return .object(object)
            default: throw error("a comma or the end of the object is expected here")
            }
        }
    }

    private mutating func array() throws(JSONParseError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if next == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                depth -= 1
                return .array(elements)
            default: throw error("a comma or the end of the array is expected here")
            }
        }
    }

    private mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        guard let number = JSONNumber(text: String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw JSONParseError("the exponent of this number is out of all bounds", at: start, in: bytes)
        }
        return number
    }

    private mutating func digits() throws(JSONParseError) {
        let start = position
        while let byte = next, byte >= 48, byte <= 57 { position += 1 }
        guard position > start else { throw error("a digit is expected here") }
    }

    private mutating func string() throws(JSONParseError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
            text += bytes[start..<position]
            switch next {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the string before this place is not valid UTF-8")
                }
                position += 1
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case nil: throw error("the text ends within a string")
            default: throw error("a control character in a string must be escaped")
            }
        }
    }

    private mutating func escape() throws(JSONParseError) -> [UInt8] {
        position += 1
        guard let byte = next else { throw error("the text ends within a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = UInt32(try codeUnit())
            if code >= 0xD800, code < 0xDC00 {
                guard next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
                    throw error("a high surrogate needs its low one")
                }
                position += 2
                let low = UInt32(try codeUnit())
                guard low >= 0xDC00, low < 0xE000 else { throw error("a high surrogate needs its low one") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("a low surrogate stands alone") }
            return Array(String(Character(scalar)).utf8)
        default:
            position -= 1
            throw error("this escape is not one of JSON's")
        }
    }

    private mutating func codeUnit() throws(JSONParseError) -> UInt16 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits are expected here") }
        position += 4
        return value
    }
}
