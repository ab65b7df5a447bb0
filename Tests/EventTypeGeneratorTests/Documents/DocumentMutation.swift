import JSONSchema

/// A document with one thing changed, somewhere; most of what comes out violates the schema.
struct DocumentMutation {
    var random: SeededGenerator

    mutating func document(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var object) where !object.isEmpty && !random.oneIn(8):
            guard let name = object.keys.randomElement(using: &random), let member = object[name] else { return value }
            if random.oneIn(4) { object[name] = nil } else { object[name] = document(member) }
            if random.oneIn(8) { object["more"] = 1 }
            return .object(object)
        case .array(var items) where !items.isEmpty && !random.oneIn(8):
            let index = Int.random(in: items.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: items.remove(at: index)
            case 1: items.append(items[index])
            default: items[index] = document(items[index])
            }
            return .array(items)
        case .number(let number) where !random.oneIn(4):
            let value = number.int64 ?? 0
            return [
                .number(JSONNumber(value &+ 1)), .number(JSONNumber(value &- 1)), .number(JSONNumber(0)), .number(JSONNumber(Int64.max)),
                JSONNumber(text: "\(number)5e-1").map { .number($0) } ?? .null, JSONNumber(text: "12345678901234567890").map { .number($0) } ?? .null,
            ].randomElement(using: &random) ?? .null
        case .string(let text) where !random.oneIn(4):
            let changed = [text + "x", String(text.dropLast()), text + "é", text.uppercased(), text.replacing("2", with: "9"), text + " ", ""]
            return .string(changed.randomElement(using: &random) ?? "")
        default:
            return ([nil, true, 1, "text", [], [:], [1, 2], ["kind": "card"]] as [JSONValue]).randomElement(using: &random) ?? .null
        }
    }

    /// The text with some bytes changed, put in, or left out.
    mutating func bytes(_ text: [UInt8]) -> [UInt8] {
        var bytes = text
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(Array("\"\\{}[],:0-.e \u{0}é".utf8).randomElement(using: &random) ?? 0, at: place)
            case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes = Array(bytes[..<place])
            default: bytes.insert(contentsOf: bytes[place...].prefix(Int.random(in: 1...30, using: &random)), at: place)
            }
        }
        return bytes
    }
}
