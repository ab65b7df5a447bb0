/// A regular expression as `pattern` means it, for code that was generated from a schema.
public struct TextPattern: Sendable {
    private let pattern: Pattern?

    /// The generator has compiled the expression before; one that isn't supported would match nothing.
    public init(_ text: String) { pattern = try? Pattern(text) }

    /// False as well where it takes too much work to tell.
    func matches(_ text: String) -> Bool { pattern?.matches(text) ?? false }

    /// - Parameter range: where the text is, in UTF-8.
    func matches(_ text: [UInt8], _ range: Range<Int>) -> Bool { pattern?.matches(text, range) ?? false }
}
