/// Why a schema can't be used: it is wrong, or uses what isn't supported. Nothing is ignored in silence.
public struct SchemaCompileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, as the caller named it, or the URI of a schema that was referred to.
    public let origin: String
    public let pointer: JSONPointer
    public let message: String

    public init(origin: String, pointer: JSONPointer, message: String) {
        self.origin = origin
        self.pointer = pointer
        self.message = message
    }

    public var description: String { "\(origin)#\(pointer): \(message)" }
}
