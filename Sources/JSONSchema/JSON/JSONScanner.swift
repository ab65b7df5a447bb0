/// One pass over JSON text, which makes a list of ``JSONNode`` of it.
struct JSONScanner {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    var depth = 0
    var nodes: [JSONNode] = []
    /// The strings that had escapes, without these.
    var unescaped: [UInt8] = []
    private var numbers: [JSONNumber] = []
    private var names = NameCheck()

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONParseError) -> JSONDocument {
        // For a start: most text has more than eight bytes a value, and lists double when they are full.
        nodes.reserveCapacity(min(bytes.count / 8 + 4, 1_024))
        try add()
        skipSpace()
        guard position == bytes.count else { throw error("nothing may follow the document") }
        return JSONDocument(text: unescaped.isEmpty ? bytes : bytes + unescaped, nodes: nodes, numbers: numbers)
    }

    func error(_ message: String, at place: Int? = nil) -> JSONParseError {
        JSONParseError(message, at: place ?? position, in: bytes)
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Passes over the next value, whatever it is.
    mutating func pass() throws(JSONParseError) {
        let place = nodes.count
        try add()
        nodes.removeSubrange(place...)
    }

    /// The next value, whatever it is, goes to `nodes`.
    private mutating func add() throws(JSONParseError) {
        skipSpace()
        guard let byte = next else { throw error("the text ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "\""): nodes.append(try text())
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "-"), 48...57:
            if let node = plainNumber() {
                nodes.append(node)
            } else {
                nodes.append(.number(try number(), end: nodes.count + 1, numbers: &numbers))
            }
        case UInt8(ascii: "t"): try word("true", .bool(true, end: nodes.count + 1))
        case UInt8(ascii: "f"): try word("false", .bool(false, end: nodes.count + 1))
        case UInt8(ascii: "n"): try word("null", .null(end: nodes.count + 1))
        default: throw error("a value is expected here")
        }
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(JSONParseError) {
        let end = position + word.utf8.count
        guard end <= bytes.count, bytes[position..<end].elementsEqual(word.utf8) else {
            throw error("a value is expected here")
        }
        position = end
        nodes.append(node)
    }

    private mutating func enter(_ node: JSONNode) throws(JSONParseError) {
        depth += 1
        guard depth <= limits.depth else { throw error("nested deeper than \(limits.depth) levels") }
        nodes.append(node)
        position += 1
        skipSpace()
    }

    private mutating func leave(_ place: Int, count: Int) {
        position += 1
        depth -= 1
        nodes[place].payload = UInt64(count)
        nodes[place].end = Int32(nodes.count)
    }

    private mutating func object() throws(JSONParseError) {
        let place = nodes.count
        try enter(.object())
        if next == UInt8(ascii: "}") { return leave(place, count: 0) }
        var count = 0
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a member name in quotes is expected here") }
            let start = position
            var name = try text()
            name.end = Int32(start)
            nodes.append(name)
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw error("a colon is expected here") }
            position += 1
            try add()
            count += 1
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                leave(place, count: count)
                return try checkNames(of: place)
            default: throw error("a comma or the end of the object is expected here")
            }
        }
    }

    private mutating func checkNames(of object: Int) throws(JSONParseError) {
        guard let name = names.repeated(in: object, nodes, bytes, unescaped) else { return }
        let text = JSONDocument(text: bytes + unescaped, nodes: nodes, numbers: []).string(at: name)
        throw error("the name \(text.excerpt) occurs twice in one object", at: Int(nodes[name].end))
    }

    private mutating func array() throws(JSONParseError) {
        let place = nodes.count
        try enter(.array())
        if next == UInt8(ascii: "]") { return leave(place, count: 0) }
        var count = 0
        while true {
            try add()
            count += 1
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"): return leave(place, count: count)
            default: throw error("a comma or the end of the array is expected here")
            }
        }
    }
}
