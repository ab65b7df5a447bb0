import EventContracts
import JSONSchema

/// A struct for an object schema, with the types of its members nested in it.
struct StructSource {
    private struct Member {
        let name: String
        let type: SwiftType
        let isRequired: Bool
        let comment: String?

        var declaredType: String { type.text + (isRequired ? "" : "?") }
        /// Quoted where the name is a word of Swift.
        var identifier: String { SwiftType.reserved.contains(name) ? "`\(name)`" : name }
    }

    private let name: String
    private let members: [Member]

    init(name: String, schema: JSONValue, pointer: JSONPointer, origin: String) throws(CatalogueError) {
        guard schema["type"]?.string == "object", case .object(let properties)? = schema["properties"] else {
            throw CatalogueError(origin: "\(origin)#\(pointer)", message: "a type needs `type: object` and `properties`")
        }
        var required: Set<String> = []
        if case .array(let names)? = schema["required"] { required = Set(names.compactMap(\.string)) }
        var members: [Member] = []
        for (property, schema) in properties {
            let type = try SwiftType(
                schema, suggestedName: TypeNames.upperCamel(property),
                pointer: pointer.appending("properties").appending(property), origin: origin)
            members.append(
                Member(
                    name: property, type: type, isRequired: required.contains(property),
                    comment: schema["description"]?.string))
        }
        self.name = name
        self.members = members
    }

    func write(
        conformingTo conformance: String, to source: inout SourceText,
        leading: (inout SourceText) -> Void = { _ in }
    ) throws(CatalogueError) {
        source.line("struct \(name): \(conformance) {")
        source.indent { source in
            leading(&source)
            for member in members {
                if let comment = member.comment { source.comment(comment) }
                source.line("var \(member.identifier): \(member.declaredType)")
            }
            source.line()
            initializer(&source)
            source.line()
            source.block("init(json: JSONValue) throws(PayloadError)") { source in
                for member in members {
                    let reader = member.isRequired ? "required" : "optional"
                    source.line("\(member.identifier) = try json.\(reader)(\"\(member.name)\")")
                }
            }
            source.line()
            source.block("func write(to writer: inout JSONWriter)") { source in
                source.line("writer.beginObject()")
                let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                for member in sorted { source.line("writer.member(\"\(member.name)\", \(member.identifier))") }
                source.line("writer.endObject()")
            }
        }
        for nested in members.compactMap(\.type.nested) {
            source.line()
            try source.indent { source throws(CatalogueError) in try nested.write(to: &source) }
        }
        source.line("}")
    }

    private func initializer(_ source: inout SourceText) {
        let parameters = members.map { "\($0.identifier): \($0.declaredType)" + ($0.isRequired ? "" : " = nil") }
        source.block("init(\(parameters.joined(separator: ", ")))") { source in
            for member in members { source.line("self.\(member.name) = \(member.identifier)") }
        }
    }
}
