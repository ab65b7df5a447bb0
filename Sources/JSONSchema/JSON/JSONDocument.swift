/// JSON text that has been read, as a flat list of values in the order of the text: what ``Schema`` validates without allocating.
///
/// Reading into it takes a fraction of the time of reading into a ``JSONValue``, and a document can be turned into one at any time.
///
/// Places are indexes of `nodes`. The root is at 0, the items of an array follow it, the members of an object follow it as name and value
/// by turns; ``JSONNode/end`` leads from a value to the next.
public struct JSONDocument: Sendable {
    /// The text, and behind it the strings that had escapes, without these.
    let text: [UInt8]
    let nodes: [JSONNode]
    /// Those that are too large for a node.
    let numbers: [JSONNumber]

    init(text: [UInt8], nodes: [JSONNode], numbers: [JSONNumber]) {
        self.text = text
        self.nodes = nodes
        self.numbers = numbers
    }

    /// Reads JSON text as ``JSONParser`` does.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONParseError) {
        let most = min(limits.bytes, Int(Int32.max))
        guard bytes.count <= most else {
            throw JSONParseError("the document has \(bytes.count) bytes, the limit is \(most)", at: 0, in: bytes)
        }
        var scanner = JSONScanner(bytes: bytes, limits: limits)
        self = try scanner.document()
    }

    public init(_ value: JSONValue) {
        var assembly = JSONDocumentAssembly()
        assembly.add(value)
        self = assembly.document
    }

    public var value: JSONValue { value(at: 0) }

    func value(at place: Int) -> JSONValue {
        let node = nodes[place]
        switch node.form {
        case .null: return .null
        case .bool: return .bool(node.payload != 0)
        case .integer, .decimal, .largeNumber: return .number(number(node))
        case .text: return .string(string(at: place))
        case .array:
            var items: [JSONValue] = []
            items.reserveCapacity(node.count)
            var item = place + 1
            while item < node.end {
                items.append(value(at: item))
                item = Int(nodes[item].end)
            }
            return .array(items)
        case .object:
            var object = JSONObject(expecting: node.count)
            var name = place + 1
            while name < node.end {
                object.append(string(at: name), value(at: name + 1))
                name = Int(nodes[name + 1].end)
            }
            return .object(object)
        }
    }

    /// Of a string or a name.
    func string(at place: Int) -> String { String(decoding: text[nodes[place].bytes], as: UTF8.self) }

    func number(_ node: JSONNode) -> JSONNumber {
        switch node.form {
        case .integer: JSONNumber(node.signed)
        case .decimal: JSONNumber(significand: node.signed, exponent: node.exponent)
        default: numbers[Int(node.payload)]
        }
    }
}
