import JSONSchema

/// One of the strings that a schema allows; the raw value is the string.
public protocol PayloadChoice: PayloadValue, CaseIterable, RawRepresentable<String> {
    static var jsonNames: JSONNames<Self> { get }
}

extension PayloadChoice {
    @inlinable
    public init(from reader: inout JSONReader) throws(JSONRefusal) { self = try reader.choice(of: Self.jsonNames) }

    @inlinable
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }
}
