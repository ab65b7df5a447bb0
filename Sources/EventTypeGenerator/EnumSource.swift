import EventContracts
import JSONSchema

/// An enum for the strings that a schema allows.
struct EnumSource {
    let name: String
    private let cases: [(name: String, value: String)]

    init(name: String, values: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        guard case .array(let values) = values, !values.isEmpty else { throw try place.refusal("enum needs values") }
        var cases: [(name: String, value: String)] = []
        for (index, value) in values.enumerated() {
            let place = place.appending("\(index)")
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

    func write(to source: inout SourceText) {
        source.block("enum \(name): String, PayloadValue, CaseIterable") { source in
            for (name, value) in cases {
                source.line("case \(SwiftName.quoted(name))" + (name == value ? "" : " = \(SwiftLiteral.string(value))"))
            }
        }
    }
}
