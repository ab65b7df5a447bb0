import JSONSchema

/// Why bytes are not the data of an event, or a value can't be written as such.
public enum PayloadError: Error, Sendable, Hashable, CustomStringConvertible {
    case malformedJSON(JSONParseError)
    /// The document violates the schema: all violations.
    case invalid(schemaID: String, [Violation])
    /// The event is known, but not in this major version.
    case unsupportedVersion(type: String, supported: [String])
    /// A valid document that the generated type can't hold, such as a number beyond 64 bits.
    case mismatch(String)
    /// An older version was read, but what was made of it breaks the schema of the newer one.
    case invalidUpcast(from: String, String)
    /// The schema itself is unusable.
    case schema(SchemaCompileError)

    public var description: String {
        switch self {
        case .malformedJSON(let error): "the data is not JSON: \(error)"
        case .invalid(let schemaID, let violations):
            "the data violates \(schemaID): " + violations.prefix(5).map(\.description).joined(separator: "; ")
                + (violations.count > 5 ? "; and \(violations.count - 5) more" : "")
        case .unsupportedVersion(let type, let supported):
            "\(type) is not a version that is read here, which are \(supported.joined(separator: ", "))"
        case .mismatch(let what): "the data is valid but can't be taken over: \(what)"
        case .invalidUpcast(let type, let what): "\(type) was read, but its upcast failed: \(what)"
        case .schema(let error): "\(error)"
        }
    }
}
