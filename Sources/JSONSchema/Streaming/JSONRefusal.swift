/// Why ``JSONReader`` didn't go on, and where. It is no verdict: whoever has to tell what is wrong with a document validates it.
public struct JSONRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// In bytes from the beginning of the document.
    public let offset: Int
    public let expected: StaticText

    public var description: String { "\(expected) is expected at byte \(offset)" }

    /// A literal, so that refusing costs nothing.
    public struct StaticText: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
        public let description: String
        public init(stringLiteral value: String) { description = value }
    }
}
