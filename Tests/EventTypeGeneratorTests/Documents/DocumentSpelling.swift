import JSONSchema

/// The same document in other words: white space, escapes, numbers with points and exponents.
struct DocumentSpelling {
    var random: SeededGenerator

    mutating func text(_ value: JSONValue) -> String {
        space() + body(value) + space()
    }

    private mutating func body(_ value: JSONValue) -> String {
        switch value {
        case .number(let number): return self.number(number)
        case .string(let text): return string(text)
        case .array(let items): return "[" + items.map { text($0) }.joined(separator: ",") + (items.isEmpty ? space() : "") + "]"
        case .object(let object):
            let members = object.map { (key, value) in space() + string(key) + space() + ":" + text(value) }
            return "{" + members.joined(separator: ",") + (members.isEmpty ? space() : "") + "}"
        default: return value.description
        }
    }

    private mutating func space() -> String {
        guard random.oneIn(4) else { return "" }
        return [" ", "\n", "\t\r", "   "].randomElement(using: &random) ?? ""
    }

    private mutating func number(_ number: JSONNumber) -> String {
        guard number.isInteger, random.oneIn(4) else { return number.description }
        let tenfold = number == JSONNumber(0) ? "0" : "\(number)0"
        return ["\(number).0", "\(number)e0", "\(tenfold)E-1", "\(number).000e+00"].randomElement(using: &random) ?? ""
    }

    private mutating func string(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            guard random.oneIn(12) else {
                // By scalars: a quote with an accent on it is one character.
                quoted.unicodeScalars += JSONValue.string(String(scalar)).description.unicodeScalars.dropFirst().dropLast()
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
