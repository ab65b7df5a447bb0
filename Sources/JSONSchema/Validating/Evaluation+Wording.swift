extension SchemaProgram {
    /// The values of an `enum`.
    func wording(_ range: Range<Int32>) -> String {
        let values = self.values[Int(range.lowerBound)..<Int(range.upperBound)]
        switch values.count {
        case 0: return "nothing, since the enum has no values"
        case 1: return values.map(\.excerpt)[0]
        case ...20: return "one of " + values.map(\.excerpt).joined(separator: ", ")
        default: return "one of " + values.prefix(20).map(\.excerpt).joined(separator: ", ") + " and \(values.count - 20) more"
        }
    }
}

extension ValueKinds {
    /// As `type` names them.
    var wording: String {
        var names: [String] = []
        for (kind, name) in [
            (ValueKinds.null, "null"), (.boolean, "boolean"), ([.integer, .fraction], "number"), (.integer, "integer"),
            (.string, "string"), (.array, "array"), (.object, "object"),
        ] where isSuperset(of: kind) && !(name == "integer" && names.contains("number")) { names.append(name) }
        return names.joined(separator: " or ")
    }
}

extension JSONValue {
    /// A few words that tell this value from others, however large it is.
    var excerpt: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.excerpt
        case .string(let text): text.excerpt
        case .array(let items): items.isEmpty ? "[]" : "an array of \(items.count.counted("item"))"
        case .object(let object): object.isEmpty ? "{}" : "an object with \(object.count.counted("member"))"
        }
    }
}

extension JSONDocument {
    /// As ``JSONValue/excerpt`` of the value.
    func excerpt(_ place: Int) -> String {
        let node = nodes[place]
        switch node.form {
        case .array where node.count > 0: return "an array of \(node.count.counted("item"))"
        case .object where node.count > 0: return "an object with \(node.count.counted("member"))"
        case .text where node.bytes.count > 400:
            // What is shown of so long a text is in its first bytes, and reading all of it would take its time.
            let beginning = text[node.bytes].prefix(360)
            let end = beginning.lastIndex { $0 & 0xC0 != 0x80 } ?? beginning.endIndex
            return String(decoding: beginning[..<end], as: UTF8.self).excerpt
        default: return value(at: place).excerpt
        }
    }
}

extension JSONNumber {
    var excerpt: String {
        let text = description
        return text.utf8.count <= 60 ? text : "\(text.prefix(40))… (\(text.utf8.count) digits)"
    }
}

extension String {
    /// In quotes and escaped as JSON, and not too much of it.
    var excerpt: String {
        // Without counting characters: that would read all of a long string.
        guard utf8.count > 80 else { return quoted }
        return JSONValue.string(String(unicodeScalars.prefix(60)) + "…").description
    }

    var quoted: String { utf8.count <= 200 ? JSONValue.string(self).description : excerpt }
}

extension Int {
    /// `1 item`, `2 items`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
