import EventContracts
import JSONSchema

/// The struct of one event, made from its schema, which comes with it.
struct PayloadSource {
    private let name: String
    /// The type of the next newer version, for one that is lifted to it.
    private let successor: String?
    let reference: EventReference
    private let namespace: String
    private let schemaID: String
    private let text: String
    private let description: String
    private let structure: StructSource

    init(
        reference: EventReference, name: String, successor: String?, namespace: String, catalogue: SchemaCatalogue
    ) throws(CatalogueError) {
        let document = try catalogue.document(of: reference)
        schemaID = try catalogue.schemaID(of: reference)
        structure = try StructSource(
            name: name, schema: document, at: SchemaPlace(catalogue: catalogue, reference: reference))
        // What has a type must also have a validator, or the service would only tell when it meets the event.
        _ = try catalogue.schema(of: reference, view: .closedWriter)
        _ = try catalogue.schema(of: reference, view: .openReader)
        text = try catalogue.text(of: reference)
        description = document["description"]?.string ?? "\(reference)"
        self.name = name
        self.successor = successor
        self.reference = reference
        self.namespace = namespace
    }

    func write(to source: inout SourceText) {
        source.comment(description)
        structure.write(conformingTo: "EventPayload", to: &source)
        source.line()
        source.block("extension \(name)") { source in
            let (context, event) = (SwiftLiteral.string(reference.context), SwiftLiteral.string(reference.event))
            source.line("static let reference = EventReference(")
            source.line("    context: \(context), event: \(event),")
            source.line("    version: EventVersion(major: \(reference.version.major), minor: \(reference.version.minor)))")
            source.line("static let type = \(SwiftLiteral.string(reference.type(in: namespace)))")
            source.line("static let schemaID = \(SwiftLiteral.string(schemaID))")
            let raw = SwiftLiteral.raw(text)
            source.line("static let schemas = PayloadSchemas(")
            source.indent { source in
                source.line("text: \(raw[0])")
                source.indent { source in
                    for line in raw.dropFirst().dropLast() { source.line(line) }
                    source.line((raw.last ?? "") + ",")
                }
                source.line("origin: \(SwiftLiteral.string("schemas/" + reference.schemaPath)))")
            }
        }
        guard let successor else { return }
        source.line()
        source.comment("A type that lacks `func upcast() -> \(successor)` doesn't conform: the service writes it, in an extension of \(name).")
        source.block("extension \(name): SupersededPayload") { source in source.line("typealias Successor = \(successor)") }
    }
}
