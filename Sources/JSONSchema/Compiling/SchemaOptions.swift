/// How strictly a schema is read.
///
/// Draft 2020-12 wants a keyword that an implementation doesn't know to be ignored, and `format` to assert nothing. Between services both
/// are traps: a misspelt `maxLenght` or an unsupported format would let everything pass, and nobody would be told. So the house's
/// schemas are read by ``house`` rules; ``specification`` is for schemas of others.
public struct SchemaOptions: Sendable, Hashable {
    public enum UnknownKeywords: Sendable, Hashable {
        /// ``Schema/compile(_:origin:view:options:resolver:)`` throws, with file and pointer.
        case refuse
        /// They are annotations: they assert nothing.
        case annotate
    }

    public enum Formats: Sendable, Hashable {
        /// A string must have its format. A format that isn't supported is treated as an unknown keyword is.
        case assert
        /// Formats assert nothing, unless the metaschema of the schema has the format-assertion vocabulary.
        case annotate
    }

    public var unknownKeywords: UnknownKeywords
    public var formats: Formats

    public init(unknownKeywords: UnknownKeywords = .refuse, formats: Formats = .assert) {
        self.unknownKeywords = unknownKeywords
        self.formats = formats
    }

    public static let house = SchemaOptions()
    public static let specification = SchemaOptions(unknownKeywords: .annotate, formats: .annotate)
}
