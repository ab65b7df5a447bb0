/// One schema object, compiled: what it asserts, in a form that is quick to check.
indirect enum SchemaBranch: Sendable {
    case node(SchemaNode)
}

struct SchemaNode: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case null, boolean, integer, number, string, array, object
    }

    var kinds: [Kind]?
    var constant: JSONValue?
    var alternatives: [JSONValue]?
    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var exclusiveMinimum: JSONNumber?
    var exclusiveMaximum: JSONNumber?
    var minLength: Int?
    var maxLength: Int?
    var minItems: Int?
    var maxItems: Int?
    var required: [String] = []
    var properties: [String: SchemaBranch] = [:]
    var isClosed = false
    var additional: SchemaBranch?
    var items: SchemaBranch?

    func check(_ value: JSONValue, instance: JSONPointer, schema: JSONPointer, into violations: inout [Violation]) {
        func violate(_ keyword: String, _ message: String, at place: JSONPointer? = nil) {
            violations.append(
                Violation(
                    instance: place ?? instance, schema: schema.appending(keyword), keyword: keyword, message: message))
        }
        if let kinds, !kinds.contains(where: { $0.accepts(value) }) {
            violate("type", "expected \(kinds.map(\.rawValue).joined(separator: " or ")), found \(Self.name(of: value))")
            return
        }
        if let constant, constant != value {
            violate("const", "expected \(Self.text(constant)), found \(Self.text(value))")
        }
        if let alternatives, !alternatives.contains(value) {
            violate("enum", "expected one of \(alternatives.map(Self.text).joined(separator: ", ")), found \(Self.text(value))")
        }
        switch value {
        case .number(let number): check(number, violate)
        case .string(let string):
            let length = string.unicodeScalars.count
            if let minLength, length < minLength {
                violate("minLength", "expected at least \(minLength) characters, found \(length)")
            }
            if let maxLength, length > maxLength {
                violate("maxLength", "expected at most \(maxLength) characters, found \(length)")
            }
        case .array(let elements):
            if let minItems, elements.count < minItems {
                violate("minItems", "expected at least \(minItems) items, found \(elements.count)")
            }
            if let maxItems, elements.count > maxItems {
                violate("maxItems", "expected at most \(maxItems) items, found \(elements.count)")
            }
            if case .node(let items)? = items {
                for (index, element) in elements.enumerated() {
                    items.check(
                        element, instance: instance.appending("\(index)"), schema: schema.appending("items"), into: &violations)
                }
            }
        case .object(let object):
            for name in required where object[name] == nil {
                violate("required", "the member \"\(name)\" is missing")
            }
            for (name, member) in object {
                let place = instance.appending(name)
                if case .node(let property)? = properties[name] {
                    property.check(
                        member, instance: place, schema: schema.appending("properties").appending(name), into: &violations)
                } else if isClosed {
                    violate("additionalProperties", "the member \"\(name)\" is not declared", at: place)
                } else if case .node(let additional)? = additional {
                    additional.check(
                        member, instance: place, schema: schema.appending("additionalProperties"), into: &violations)
                }
            }
        case .null, .bool: break
        }
    }

    private func check(_ number: JSONNumber, _ violate: (String, String, JSONPointer?) -> Void) {
        if let minimum, number < minimum { violate("minimum", "expected at least \(minimum), found \(number)", nil) }
        if let maximum, maximum < number { violate("maximum", "expected at most \(maximum), found \(number)", nil) }
        if let exclusiveMinimum, number <= exclusiveMinimum {
            violate("exclusiveMinimum", "expected more than \(exclusiveMinimum), found \(number)", nil)
        }
        if let exclusiveMaximum, exclusiveMaximum <= number {
            violate("exclusiveMaximum", "expected less than \(exclusiveMaximum), found \(number)", nil)
        }
    }

    private static func text(_ value: JSONValue) -> String {
        let text = String(decoding: value.canonicalBytes(), as: UTF8.self)
        return text.count <= 80 ? text : text.prefix(80) + "…"
    }

    private static func name(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.isInteger ? "integer" : "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension SchemaNode.Kind {
    func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .bool), (.number, .number), (.string, .string), (.array, .array), (.object, .object):
            true
        case (.integer, .number(let number)): number.isInteger
        default: false
        }
    }
}
