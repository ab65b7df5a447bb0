import JSONSchema

/// A value that stands in the data of an event: what generated types are made of.
public protocol PayloadValue: Sendable, Hashable {
    /// Takes over a document that satisfies the reader's view of its schema; throws for one that doesn't.
    init(json: JSONValue) throws(PayloadError)

    /// Writes the canonical form: members sorted, absent optionals left out.
    func write(to writer: inout JSONWriter)
}

extension JSONValue {
    /// The member `name` of an object, which must be there.
    public func required<Value: PayloadValue>(_ name: String) throws(PayloadError) -> Value {
        guard let member = self[name] else { throw .mismatch("the member \"\(name)\" is missing") }
        return try Value(json: member)
    }

    /// The member `name` of an object, if it is there.
    public func optional<Value: PayloadValue>(_ name: String) throws(PayloadError) -> Value? {
        guard let member = self[name] else { return nil }
        return try Value(json: member)
    }
}

extension JSONWriter {
    public mutating func write(_ value: some PayloadValue) { value.write(to: &self) }

    /// A member of the object at hand.
    public mutating func member(_ name: String, _ value: some PayloadValue) {
        key(name)
        value.write(to: &self)
    }

    /// Nothing, for an absent one.
    public mutating func member(_ name: String, _ value: (some PayloadValue)?) {
        if let value { member(name, value) }
    }
}

extension Int: PayloadValue {
    public init(json: JSONValue) throws(PayloadError) {
        guard let value = json.int64 else { throw .mismatch("a whole number of 64 bits is expected") }
        self = Int(value)
    }

    public func write(to writer: inout JSONWriter) { writer.write(JSONValue.number(JSONNumber(self))) }
}

extension String: PayloadValue {
    public init(json: JSONValue) throws(PayloadError) {
        guard let value = json.string else { throw .mismatch("a string is expected") }
        self = value
    }

    public func write(to writer: inout JSONWriter) { writer.write(JSONValue.string(self)) }
}

extension Bool: PayloadValue {
    public init(json: JSONValue) throws(PayloadError) {
        guard case .bool(let value) = json else { throw .mismatch("true or false is expected") }
        self = value
    }

    public func write(to writer: inout JSONWriter) { writer.write(JSONValue.bool(self)) }
}

extension Array: PayloadValue where Element: PayloadValue {
    public init(json: JSONValue) throws(PayloadError) {
        guard case .array(let elements) = json else { throw .mismatch("an array is expected") }
        self = []
        reserveCapacity(elements.count)
        for element in elements { append(try Element(json: element)) }
    }

    public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for element in self { element.write(to: &writer) }
        writer.endArray()
    }
}

/// For string enums: the raw value is the text.
extension PayloadValue where Self: RawRepresentable<String> {
    public init(json: JSONValue) throws(PayloadError) {
        guard let text = json.string, let value = Self(rawValue: text) else {
            throw .mismatch("\(json) is none of the values that are declared")
        }
        self = value
    }

    public func write(to writer: inout JSONWriter) { writer.write(JSONValue.string(rawValue)) }
}
