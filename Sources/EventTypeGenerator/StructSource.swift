import EventContracts
import JSONSchema

/// A struct for an object schema, with the types of its members nested in it, and the code that reads and writes it.
struct StructSource {
    let name: String
    let members: [StructMember]
    private let patterns: PatternSource
    private let rules: [StructRule]

    init(name: String, schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) {
        guard try SchemaKind.of(schema, at: place) == .object, case .object(let properties)? = schema["properties"] else {
            throw try place.refusal("only an object with properties can become a struct")
        }
        guard schema["additionalProperties"] == false else {
            throw try place.refusal("an object needs \"additionalProperties\": false; a struct would lose what else it held")
        }
        let required = try Self.required(schema, properties, at: place)
        var members: [StructMember] = []
        var patterns = PatternSource()
        for (property, schema) in properties {
            let place = place.appending("properties", property)
            let member = try StructMember(
                property, schema, isRequired: required.contains(property), patterns: &patterns, at: place)
            if let other = members.first(where: { $0.identifier == member.identifier }) {
                throw try place.refusal("\"\(property)\" and \"\(other.name)\" would both become the property \(member.identifier)")
            }
            if let nested = member.type.nested, let other = members.first(where: { $0.type.nested?.name == nested.name }) {
                throw try place.refusal(
                    "\"\(property)\" and \"\(other.name)\" would both bring a type \(nested.name); give one of them another title")
            }
            members.append(member)
        }
        rules = try StructRule.all(of: schema, members, at: place)
        self.name = name
        self.members = members
        self.patterns = patterns
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

    /// In the order in which a canonical document has them.
    private var sortedMembers: [StructMember] { members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }

    func write(conformingTo conformance: String, to source: inout SourceText) {
        source.block("struct \(name): \(conformance)") { source in
            for member in members {
                if let comment = member.comment { source.comment(comment) }
                source.line("var \(member.declaration)")
            }
            if !members.isEmpty { source.line() }
            initializer(&source)
            if !members.isEmpty { names(&source) }
            source.line()
            reading(&source)
            source.line()
            writing(&source)
            for nested in members.compactMap(\.type.nested) {
                source.line()
                nested.write(to: &source)
            }
        }
    }

    private func initializer(_ source: inout SourceText) {
        source.list("init(", members.map { $0.declaration + $0.defaultValue }, ") {")
        source.indent { source in
            for member in members { source.line("self.\(member.identifier) = \(member.identifier)") }
        }
        source.line("}")
    }

    private func names(_ source: inout SourceText) {
        source.line()
        source.block("private enum JSONMember: String, CaseIterable, Sendable") { source in
            for member in sortedMembers { source.line("case \(member.caseDeclaration)") }
        }
        source.line()
        source.line("private static let jsonMembers = JSONNames(JSONMember.self)")
        patterns.write(to: &source)
    }

    private func reading(_ source: inout SourceText) {
        source.block("init(from reader: inout JSONReader) throws(JSONRefusal)") { source in
            guard !members.isEmpty else { return source.line("try reader.emptyObject()") }
            for member in members { source.line("var \(member.local): \(member.type.text)?") }
            // Taken from the static property for each member, it would be retained and released each time.
            source.line("let names = Self.jsonMembers")
            source.line("var members = try reader.beginObject()")
            source.block("while let member = try reader.nextMember(of: names, &members)") { source in
                source.line("switch member {")
                for member in sortedMembers { source.line("case .\(member.identifier): \(member.local) = \(member.type.reading)") }
                source.line("}")
            }
            let required = members.filter(\.isRequired)
            if !required.isEmpty {
                source.list("guard ", required.map { "let \($0.local)" }, " else { throw reader.refusal(\"every required member\") }")
            }
            for rule in rules { source.line(rule.reading) }
            for member in members { source.line("self.\(member.identifier) = \(member.local)") }
        }
    }

    private func writing(_ source: inout SourceText) {
        source.block("func write(to writer: inout JSONWriter)") { source in
            source.line("writer.beginObject()")
            for member in sortedMembers {
                guard !member.isRequired else {
                    source.line("writer.member(\(member.escapedName))")
                    source.line(member.type.writing(member.value))
                    continue
                }
                source.block("if let \(member.local)" + (member.local == member.identifier ? "" : " = \(member.value)")) { source in
                    source.line("writer.member(\(member.escapedName))")
                    source.line(member.type.writing(member.local))
                }
            }
            source.line("writer.endObject()")
            for rule in rules { source.line(rule.writing) }
        }
    }
}
