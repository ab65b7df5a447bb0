import JSONSchema

/// What is wrong with a file of the catalogue, and where.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, or the folder.
    public let origin: String
    /// Counts from 1; `nil` where no line is at fault.
    public let line: Int?
    /// The place in the document; empty for the whole of it, and for a file that isn't JSON.
    public let pointer: JSONPointer
    public let message: String

    public init(origin: String, line: Int? = nil, pointer: JSONPointer = JSONPointer(), message: String) {
        self.origin = origin
        self.line = line
        self.pointer = pointer
        self.message = message
    }

    /// `file:line: error: #/pointer: what`, as compilers write it.
    public var description: String {
        let place = line.map { "\(origin):\($0): error: " } ?? "\(origin): "
        return place + (pointer == JSONPointer() ? message : "#\(pointer): \(message)")
    }
}
