/// The regular expressions that a struct needs, each compiled once and kept in a static property.
struct PatternSource {
    private var patterns: [(identifier: String, text: String)] = []

    /// The property for a regular expression.
    ///
    /// - Parameter member: whose it is; the property is named for the first one.
    mutating func identifier(for text: String, of member: String) -> String {
        if let known = patterns.first(where: { $0.text == text }) { return known.identifier }
        var identifier = "\(member)Pattern"
        while patterns.contains(where: { $0.identifier == identifier }) { identifier += "2" }
        patterns.append((identifier, text))
        return identifier
    }

    func write(to source: inout SourceText) {
        for (identifier, text) in patterns {
            source.line("private static let \(identifier) = TextPattern(\(SwiftLiteral.string(text)))")
        }
    }
}
