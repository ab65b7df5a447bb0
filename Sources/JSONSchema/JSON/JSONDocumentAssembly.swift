/// A ``JSONDocument`` in the making, from values instead of text.
struct JSONDocumentAssembly {
    private var text: [UInt8] = []
    private var nodes: [JSONNode] = []
    private var numbers: [JSONNumber] = []

    var document: JSONDocument { JSONDocument(text: text, nodes: nodes, numbers: numbers) }

    mutating func add(_ value: JSONValue) {
        let place = nodes.count
        switch value {
        case .null: nodes.append(.null(end: place + 1))
        case .bool(let bool): nodes.append(.bool(bool, end: place + 1))
        case .number(let number): nodes.append(.number(number, end: place + 1, numbers: &numbers))
        case .string(let string): add(string)
        case .array(let items):
            nodes.append(.array(count: items.count))
            for item in items { add(item) }
            nodes[place].end = Int32(nodes.count)
        case .object(let object):
            nodes.append(.object(count: object.count))
            for (name, member) in object.members {
                add(name)
                add(member)
            }
            nodes[place].end = Int32(nodes.count)
        }
    }

    private mutating func add(_ string: String) {
        let start = text.count
        text += string.utf8
        nodes.append(.text(start: start, count: text.count - start, end: nodes.count + 1))
    }
}
