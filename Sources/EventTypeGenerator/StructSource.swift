import EventContracts
import JSONSchema

/// A struct for an object schema, with the types of its members nested in it.
struct StructSource {
    private struct Member {
        /// As the document names it.
        let name: String
        /// As Swift names it, in backquotes where it must be.
        let identifier: String
        let type: SwiftType
        let isRequired: Bool
        let comment: String?

        var declaration: String { "\(identifier): \(type.text)\(isRequired ? "" : "?")" }
    }

    let name: String
    private let members: [Member]

    init(name: String, schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        guard try SchemaKind.of(schema, at: place) == .object, case .object(let properties)? = schema["properties"] else {
            throw try place.refusal("only an object with properties can become a struct")
        }
        guard schema["additionalProperties"] == false else {
            throw try place.refusal("an object needs \"additionalProperties\": false; a struct would lose what else it held")
        }
        let required = try Self.required(schema, properties, at: place)
        var members: [Member] = []
        for (property, schema) in properties {
            let place = place.appending("properties", property)
            guard let identifier = SwiftName.property(property) else {
                throw try place.refusal("\"\(property)\" can't be the name of a Swift property")
            }
            let type = try SwiftType(schema, suggestedName: property, at: place)
            let member = Member(
                name: property, identifier: SwiftName.quoted(identifier), type: type, isRequired: required.contains(property),
                comment: schema["description"]?.string)
            if let other = members.first(where: { $0.identifier == member.identifier }) {
                throw try place.refusal("\"\(property)\" and \"\(other.name)\" would both become the property \(identifier)")
            }
            if let nested = type.nested, let other = members.first(where: { $0.type.nested?.name == nested.name }) {
                throw try place.refusal(
                    "\"\(property)\" and \"\(other.name)\" would both bring a type \(nested.name); give one of them another title")
            }
            members.append(member)
        }
        self.name = name
        self.members = members
    }

    private static func required(
        _ schema: JSONValue, _ properties: JSONObject, at place: SchemaPlace
    ) throws(CatalogueError) -> Set<String> {
        guard let required = schema["required"] else { return [] }
        guard case .array(let names) = required else { throw try place.appending("required").refusal("a list of names is expected here") }
        var result: Set<String> = []
        for (index, name) in names.enumerated() {
            guard let name = name.string, properties[name] != nil else {
                throw try place.appending("required", "\(index)").refusal("what is required must be among the properties")
            }
            result.insert(name)
        }
        return result
    }

    func write(conformingTo conformance: String, to source: inout SourceText) {
        source.block("struct \(name): \(conformance)") { source in
            for member in members {
                if let comment = member.comment { source.comment(comment) }
                source.line("var \(member.declaration)")
            }
            if !members.isEmpty { source.line() }
            initializer(&source)
            source.line()
            source.block("init(json: JSONValue) throws(PayloadError)") { source in
                for member in members {
                    let reader = member.isRequired ? "required" : "optional"
                    source.line("self.\(member.identifier) = try json.\(reader)(\(SwiftLiteral.string(member.name)))")
                }
            }
            source.line()
            source.block("func write(to writer: inout JSONWriter)") { source in
                source.line("writer.beginObject()")
                for member in members.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                    source.line("writer.member(\(SwiftLiteral.string(member.name)), self.\(member.identifier))")
                }
                source.line("writer.endObject()")
            }
            for nested in members.compactMap(\.type.nested) {
                source.line()
                nested.write(to: &source)
            }
        }
    }

    private func initializer(_ source: inout SourceText) {
        source.list("init(", members.map { $0.declaration + ($0.isRequired ? "" : " = nil") }, ") {")
        source.indent { source in
            for member in members { source.line("self.\(member.identifier) = \(member.identifier)") }
        }
        source.line("}")
    }
}
