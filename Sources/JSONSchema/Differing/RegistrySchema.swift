/// A schema as the registry looks at it: each is of one kind, and what doesn't fit into one is combined from several.
///
/// Parts are places in the document, so that circles of references do no harm.
struct RegistrySchema: Hashable {
    enum Criterion: String, Hashable {
        case allOf, anyOf, oneOf
    }

    indirect enum Kind: Hashable {
        case empty
        case never
        case boolean
        case null
        case string(Rules)
        case number(Rules, isInteger: Bool)
        case object(Rules)
        case array(Rules)
        case values([JSONValue])
        case constant(JSONValue)
        case combined(Criterion, [RegistrySchema])
        case not(JSONValue)
        case conditional
        case reference(String)
    }

    /// The keywords of one kind, as they stand in the document.
    struct Rules: Hashable {
        var keywords: [String: JSONValue] = [:]

        subscript(keyword: String) -> JSONValue? { keywords[keyword] }
    }

    var kind: Kind
    var id: JSONValue?
    var title: JSONValue?
    var summary: JSONValue?
    var fallback: JSONValue?

    init(_ kind: Kind) { self.kind = kind }

    var isEmpty: Bool { kind == .empty }
    var isNever: Bool { kind == .never }

    /// Kinds that have the same number are compared with each other.
    var family: Int {
        switch kind {
        case .empty: 0
        case .never: 1
        case .boolean: 2
        case .null: 3
        case .string: 4
        case .number: 5
        case .object: 6
        case .array: 7
        case .values: 8
        case .constant: 9
        case .combined: 10
        case .not: 11
        case .conditional: 12
        case .reference: 13
        }
    }
}
