import JSONSchema

/// A value that stands in the data of an event: what generated types are made of.
public protocol PayloadValue: Sendable, Hashable {
    /// Reads a value that satisfies the reader's view of its schema; what isn't declared is passed over.
    init(from reader: inout JSONReader) throws(JSONRefusal)

    /// Writes the canonical form: members sorted, absent optionals left out. What the writer's view of the schema forbids is written
    /// all the same, and shows in ``JSONWriter/isValid``.
    func write(to writer: inout JSONWriter)
}
