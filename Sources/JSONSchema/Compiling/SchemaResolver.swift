/// Where the schemas come from that a schema refers to and that aren't part of it. Nothing is ever fetched from a network.
///
/// The metaschemas of draft 2020-12 need no resolver.
public struct SchemaResolver: Sendable {
    private let find: @Sendable (String) throws -> JSONValue?

    /// - Parameter find: asked once per compilation for each absolute URI, which has no fragment; returns `nil` for what it doesn't know.
    public init(_ find: @escaping @Sendable (_ uri: String) throws -> JSONValue?) { self.find = find }

    /// Knows nothing: a schema must stand by itself.
    public static let none = SchemaResolver { _ in nil }

    /// Knows the documents given, by URI.
    public static func documents(_ documents: [String: JSONValue]) -> SchemaResolver {
        SchemaResolver { documents[$0] }
    }

    func document(_ uri: String) throws -> JSONValue? { try find(uri) }
}
