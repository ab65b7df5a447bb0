import EventContracts
import JSONSchema

/// An enum for a `oneOf` whose alternatives are objects that a member tells apart: each requires the member, with a `const` of its own.
struct TaggedUnionSource {
    private struct Alternative {
        /// Of the enum.
        let identifier: String
        /// What the tag says.
        let value: String
        let structure: StructSource
        let comment: String?
    }

    let name: String
    /// The member that tells the alternatives apart.
    private let tag: String
    private let alternatives: [Alternative]

    init(name: String, schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        let place = place.appending("oneOf")
        guard case .array(let schemas)? = schema["oneOf"], !schemas.isEmpty else { throw try place.refusal("oneOf needs alternatives") }
        guard let tag = Self.tag(of: schemas) else {
            throw try place.refusal(
                "the alternatives need a member that tells them apart: a required string with another const in each of them")
        }
        var alternatives: [Alternative] = []
        for (index, schema) in schemas.enumerated() {
            let place = place.appending("\(index)")
            let value = Self.const(tag, of: schema) ?? ""
            let wanted = schema["title"]?.string ?? value
            guard let identifier = SwiftName.enumCase(value), let type = SwiftName.type(wanted) else {
                throw try place.refusal("\"\(wanted)\" can't become a case and a type; only ASCII letters and digits can")
            }
            if let other = alternatives.first(where: { $0.identifier == identifier || $0.structure.name == type }) {
                throw try place.refusal("\"\(value)\" and \"\(other.value)\" would become one case, or one type; give one of them another title")
            }
            alternatives.append(
                Alternative(
                    identifier: identifier, value: value, structure: try StructSource(name: type, schema: schema, at: place),
                    comment: schema["description"]?.string))
        }
        self.name = name
        self.tag = tag
        self.alternatives = alternatives
    }

    /// The first member, by name, that can tell the alternatives apart.
    private static func tag(of schemas: [JSONValue]) -> String? {
        guard case .object(let properties)? = schemas.first?["properties"] else { return nil }
        return properties.keys.sorted().first { name in
            let values = schemas.compactMap { const(name, of: $0) }
            return values.count == schemas.count && Set(values).count == values.count
        }
    }

    /// What a schema requires a member to be.
    private static func const(_ member: String, of schema: JSONValue) -> String? {
        guard case .array(let required)? = schema["required"], required.contains(.string(member)) else { return nil }
        return schema["properties"]?[member]?["const"]?.string
    }

    func write(to source: inout SourceText) {
        source.block("enum \(name): PayloadValue") { source in
            for alternative in alternatives {
                if let comment = alternative.comment { source.comment(comment) }
                source.line("case \(SwiftName.quoted(alternative.identifier))(\(alternative.structure.name))")
            }
            source.line()
            source.block("private enum JSONTag: String, CaseIterable, Sendable") { source in
                for (identifier, value) in alternatives.map({ ($0.identifier, $0.value) }) {
                    source.line(
                        "case \(SwiftName.quoted(identifier))" + (identifier == value ? "" : " = \(SwiftLiteral.string(value))"))
                }
            }
            source.line()
            source.line("private static let jsonTags = JSONNames(JSONTag.self)")
            source.line()
            source.block("init(from reader: inout JSONReader) throws(JSONRefusal)") { source in
                source.line("switch try reader.tag(\(SwiftLiteral.string(tag)), of: Self.jsonTags) {")
                for alternative in alternatives {
                    let identifier = SwiftName.quoted(alternative.identifier)
                    source.line("case .\(identifier): self = .\(identifier)(try \(alternative.structure.name)(from: &reader))")
                }
                source.line("}")
            }
            source.line()
            source.block("func write(to writer: inout JSONWriter)") { source in
                source.line("switch self {")
                for alternative in alternatives {
                    source.line("case .\(SwiftName.quoted(alternative.identifier))(let value): value.write(to: &writer)")
                }
                source.line("}")
            }
            for alternative in alternatives {
                source.line()
                NestedSource.structure(alternative.structure, comment: alternative.comment).write(to: &source)
            }
        }
    }
}
