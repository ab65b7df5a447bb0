import EventContracts
import JSONSchema

/// The struct of one event, made from its schema.
struct PayloadSource {
    let reference: EventReference
    let name: String
    let namespace: String
    let catalogue: SchemaCatalogue

    func write(to source: inout SourceText) throws(CatalogueError) {
        let document = try catalogue.document(of: reference)
        // Refuses what the engine doesn't support, with file and pointer, before anything is generated.
        _ = try catalogue.schema(of: reference, view: .closedWriter)
        let expected = "/\(reference.schemaPath)"
        guard let schemaID = document["$id"]?.string, schemaID.hasSuffix(expected) else {
            throw fail(JSONPointer(["$id"]), "the $id must end with \(expected)")
        }
        let structure = try StructSource(
            name: name, schema: document, pointer: JSONPointer(), origin: catalogue.origin(of: reference))
        source.comment(document["description"]?.string ?? name)
        let text = String(decoding: document.canonicalBytes(), as: UTF8.self)
        try structure.write(conformingTo: "EventPayload", to: &source) { source in
            source.line("static let reference = EventReference(")
            source.line("    context: \"\(reference.context)\", event: \"\(reference.event)\",")
            source.line("    version: EventVersion(major: \(reference.version.major), minor: \(reference.version.minor))")
            source.line(")")
            source.line("static let type = \"\(reference.type(in: namespace))\"")
            source.line("static let schemaID = \"\(schemaID)\"")
            source.line("static let schemas = PayloadSchemas(")
            source.line("    text: ##\"\(text)\"##,")
            source.line("    origin: \"schemas/\(reference.schemaPath)\"")
            source.line(")")
            source.line()
        }
    }

    private func fail(_ pointer: JSONPointer, _ message: String) -> CatalogueError {
        CatalogueError(origin: "\(catalogue.origin(of: reference))#\(pointer)", message: message)
    }
}
