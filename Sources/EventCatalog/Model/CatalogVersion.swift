import EventContracts
import JSONSchema

/// One version of an event.
public struct CatalogVersion: Sendable {
    public var reference: EventReference
    /// The `ce_type`.
    public var type: String
    /// The `$id`, which is the `ce_dataschema`.
    public var schemaID: String
    public var title: String
    public var description: String
    public var schema: JSONValue
    public var fields: [CatalogField]
    public var examples: [JSONValue]
    /// Names of the services whose manifests name this version, sorted.
    public var producers: [String]
    public var consumers: [String]
    /// From the version before; `nil` for the first.
    public var step: CatalogStep?
}
