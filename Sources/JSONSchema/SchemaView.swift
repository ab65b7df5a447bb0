/// From which side a schema is looked at.
public enum SchemaView: Sendable, Hashable {
    /// As it is written: nothing undeclared may leave a writer.
    case closedWriter
    /// As a reader sees it: a member that isn't declared is ignored, so `additionalProperties: false` asserts nothing.
    case openReader
}

/// Why a schema can't be used: it is wrong, or uses what isn't supported. Nothing is ignored in silence.
public struct SchemaCompileError: Error, Sendable, Hashable, CustomStringConvertible {
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
