import EventContracts

/// A manifest that names an event in a version that has no schema.
public struct EventCatalogError: Error, Sendable, Hashable, CustomStringConvertible {
    public let service: String
    public let reference: EventReference
    /// Of the schemas.
    public let folder: String

    public var description: String {
        "the manifest of \(service) names \(reference), but there is no \(folder)/\(reference.schemaPath); add the schema, or mend the manifest"
    }
}
