import JSONSchema

/// The schema of a payload, compiled once for either side.
public struct PayloadSchemas: Sendable {
    /// The file of the schema, as it was when the service was built.
    public let text: String
    /// Nothing undeclared may leave.
    public let writer: Result<Schema, SchemaCompileError>
    /// What isn't declared is ignored.
    public let reader: Result<Schema, SchemaCompileError>

    /// A schema that doesn't compile is told by each use of it; the generator has compiled it before, so that is a defect of the build.
    public init(text: String, origin: String) {
        self.text = text
        writer = Self.compile(text, origin, .closedWriter)
        reader = Self.compile(text, origin, .openReader)
    }

    private static func compile(_ text: String, _ origin: String, _ view: SchemaView) -> Result<Schema, SchemaCompileError> {
        do throws(SchemaCompileError) {
            let document: JSONValue
            do {
                document = try JSONParser.parse(Array(text.utf8))
            } catch {
                throw SchemaCompileError(origin: origin, pointer: JSONPointer(), message: "\(error)")
            }
            return .success(try Schema.compile(document, origin: origin, view: view))
        } catch {
            return .failure(error)
        }
    }
}
