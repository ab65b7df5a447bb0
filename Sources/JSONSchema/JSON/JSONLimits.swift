/// What a document may be before it is refused: what comes from outside must not decide how much work and memory it takes.
public struct JSONLimits: Sendable, Hashable {
    /// Of the whole text.
    public var bytes: Int
    /// Arrays and objects within one another. Reading and validating recurse; at the default they get by with a stack of 512 kB, which is
    /// what the smallest of a program's threads have.
    public var depth: Int
    /// In one number, before, behind and above the point.
    public var digits: Int

    public init(bytes: Int = 64 * 1_024 * 1_024, depth: Int = 128, digits: Int = 1_000) {
        self.bytes = bytes
        self.depth = depth
        self.digits = digits
    }

    public static let `default` = JSONLimits()
}
