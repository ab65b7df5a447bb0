/// One way in which a document violates its schema.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the document.
    public let instance: JSONPointer
    /// The keyword that is violated, within the document that holds it: where a `$ref` led to another, within that.
    public let schema: JSONPointer
    /// `false` where the schema is nothing but that.
    public let keyword: String
    /// What was expected and what was found.
    public let message: String

    public init(instance: JSONPointer, schema: JSONPointer, keyword: String, message: String) {
        self.instance = instance
        self.schema = schema
        self.keyword = keyword
        self.message = message
    }

    public var description: String {
        let place = instance.description
        return "\(place.isEmpty ? "the document" : place): \(message)"
    }
}
