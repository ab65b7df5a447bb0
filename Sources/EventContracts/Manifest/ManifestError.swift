/// What is wrong with a manifest, and where.
public struct ManifestError: Error, Sendable, Hashable, CustomStringConvertible {
    public let origin: String
    public let line: Int
    public let message: String

    public init(origin: String, line: Int, message: String) {
        self.origin = origin
        self.line = line
        self.message = message
    }

    /// `file:line: error: what`, as compilers write it.
    public var description: String { "\(origin):\(line): error: \(message)" }
}
