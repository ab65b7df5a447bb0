import EventContracts
import JSONSchema

/// An enum for the strings that a schema allows by `enum` or `const`.
struct EnumSource {
    let name: String
    private let cases: [(name: String, value: String)]

    init(name: String, schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        let keyword = schema["const"] == nil ? "enum" : "const"
        for other in ["enum", "minLength", "maxLength", "pattern", "format"] where other != keyword && schema[other] != nil {
            throw try place.appending(other).refusal("\(other) can't be combined with \(keyword), which says it all")
        }
        var cases: [(name: String, value: String)] = []
        for (value, place) in try Self.values(schema, at: place) {
            guard let text = value.string, let identifier = SwiftName.enumCase(text) else {
                throw try place.refusal("only strings of ASCII letters and digits can become the cases of an enum")
            }
            if let other = cases.first(where: { $0.name == identifier }) {
                throw try place.refusal("\"\(text)\" and \"\(other.value)\" would both become the case \(identifier)")
            }
            cases.append((identifier, text))
        }
        self.name = name
        self.cases = cases
    }

    private static func values(
        _ schema: JSONValue, at place: SchemaPlace
    ) throws(CatalogueError) -> [(value: JSONValue, place: SchemaPlace)] {
        if let value = schema["const"] { return [(value, place.appending("const"))] }
        guard case .array(let values)? = schema["enum"], !values.isEmpty else {
            throw try place.appending("enum").refusal("enum needs values")
        }
        return values.enumerated().map { ($1, place.appending("enum", "\($0)")) }
    }

    /// The case of an enum that has no other.
    var onlyCase: String? { cases.count == 1 ? cases.first?.name : nil }

    func write(to source: inout SourceText) {
        source.block("enum \(name): String, PayloadChoice") { source in
            for (name, value) in cases {
                source.line("case \(SwiftName.quoted(name))" + (name == value ? "" : " = \(SwiftLiteral.string(value))"))
            }
            source.line()
            source.line("static let jsonNames = JSONNames(\(name).self)")
        }
    }
}
