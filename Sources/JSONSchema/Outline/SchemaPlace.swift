/// What a schema says of one place in the documents that it describes.
public struct SchemaPlace: Sendable, Hashable {
    /// `/lines/*/sku`: names as in a JSON pointer, `*` for any item, a number for an item of a tuple, `{pattern}` for the members whose
    /// names match, `{}` for those that nothing else declares. Empty for the document itself.
    public let path: String
    /// Where that stands in the schema.
    public let pointer: JSONPointer
    public let keywords: JSONObject
    /// Whether the place is a member, and one that must be there.
    public let membership: Membership

    public enum Membership: Sendable, Hashable {
        case none, optional, required
    }

    /// All of them, through references within the document, as the document has them. What several branches describe is there several
    /// times; what contains itself is there once.
    public static func all(in document: JSONValue) -> [SchemaPlace] {
        var outline = SchemaOutline(document: document)
        outline.visit(document, at: JSONPointer(), path: "", membership: .none, following: [])
        return outline.places
    }
}
