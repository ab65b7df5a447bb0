/// One way in which a document violates its schema.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the document.
    public let instance: JSONPointer
    /// Where in the schema: the keyword that is violated.
    public let schema: JSONPointer
    public let keyword: String
    /// What was expected and what was found.
    public let message: String

    public var description: String {
        let place = instance.description
        return "\(place.isEmpty ? "the document" : place): \(message)"
    }
}
