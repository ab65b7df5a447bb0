/// What a document may be before it is refused: what comes from outside must not decide how much work and memory it takes.
public struct JSONLimits: Sendable, Hashable {
    /// Of the whole text.
    public var bytes: Int
    /// Arrays and objects within one another. Readers and validators recurse, so this is what bounds their stacks.
    public var depth: Int
    /// In one number, before, behind and above the point.
    public var digits: Int

    public init(bytes: Int = 64 * 1_024 * 1_024, depth: Int = 256, digits: Int = 1_000) {
        self.bytes = bytes
        self.depth = depth
        self.digits = digits
    }

    public static let `default` = JSONLimits()
}
