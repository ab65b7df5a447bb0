/// A group of keywords that a metaschema switches on or off (`$vocabulary`).
enum SchemaVocabulary: String, Sendable, CaseIterable {
    case core, applicator, unevaluated, validation, content
    case metaData = "meta-data"
    case formatAnnotation = "format-annotation"
    case formatAssertion = "format-assertion"

    private static let prefix = "https://json-schema.org/draft/2020-12/vocab/"

    init?(uri: String) {
        guard uri.hasPrefix(Self.prefix) else { return nil }
        self.init(rawValue: String(uri.dropFirst(Self.prefix.count)))
    }

    /// What the metaschema of draft 2020-12 switches on.
    static let draft = Set(allCases).subtracting([.formatAssertion])
}
