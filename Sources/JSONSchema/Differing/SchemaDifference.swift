/// One way in which a schema differs from an older one.
public struct SchemaDifference: Sendable, Hashable, CustomStringConvertible {
    public let code: DifferenceCode
    /// The place as the registry writes it: `#/properties/total/maximum`, which is not always where a JSON pointer would lead.
    public let path: String

    public init(_ code: DifferenceCode, at path: String) {
        self.code = code
        self.path = path
    }

    public var description: String { "\(code.rawValue) \(path)" }

    /// From an older schema to a newer one, as the registry tells them for "the newer one reads what the older one wrote". Both are
    /// documents of draft 2020-12; references are followed within each of them.
    public static func between(_ older: JSONValue, and newer: JSONValue) -> [SchemaDifference] {
        var search = DifferenceSearch(older: RegistrySchemaReader(document: older), newer: RegistrySchemaReader(document: newer))
        search.compare(search.older.root, search.newer.root)
        return search.differences
    }
}
