import JSONSchema

/// One version of a service with the schemas that it was built with: all that has to be known of it to say what it runs beside.
public struct ContractSnapshot: Sendable, Hashable {
    public var manifest: ServiceManifest
    /// The schema of each event that the manifest names.
    public var schemas: [EventReference: JSONValue]

    public init(manifest: ServiceManifest, schemas: [EventReference: JSONValue]) {
        self.manifest = manifest
        self.schemas = schemas
    }

    /// - Throws: ``CatalogueError`` for a schema that isn't in the catalogue, or isn't JSON.
    public init(manifest: ServiceManifest, catalogue: SchemaCatalogue) throws(CatalogueError) {
        var schemas: [EventReference: JSONValue] = [:]
        for event in manifest.events { schemas[event] = try catalogue.document(of: event) }
        self.init(manifest: manifest, schemas: schemas)
    }

    /// `order 1.0.0`
    public var name: String { "\(manifest.name) \(manifest.version)" }

    /// The schema of an event, seen from one side.
    func schema(of event: EventReference, view: SchemaView) throws(SchemaCompileError) -> Schema {
        guard let document = schemas[event] else {
            throw SchemaCompileError(origin: name, pointer: JSONPointer(), message: "\(event) comes without its schema")
        }
        return try Schema.compile(document, origin: "\(event) of \(name)", view: view)
    }
}
