/// A declaration within the type that needs it.
enum NestedSource {
    case structure(StructSource, comment: String?)
    case enumeration(EnumSource, comment: String?)
    case union(TaggedUnionSource, comment: String?)

    var name: String {
        switch self {
        case .structure(let structure, _): structure.name
        case .enumeration(let enumeration, _): enumeration.name
        case .union(let union, _): union.name
        }
    }

    func write(to source: inout SourceText) {
        switch self {
        case .structure(let structure, let comment):
            if let comment { source.comment(comment) }
            structure.write(conformingTo: "PayloadValue", to: &source)
        case .enumeration(let enumeration, let comment):
            if let comment { source.comment(comment) }
            enumeration.write(to: &source)
        case .union(let union, let comment):
            if let comment { source.comment(comment) }
            union.write(to: &source)
        }
    }
}
