import EventContracts
import JSONSchema

/// What a schema asks of the members of an object together, as a line of code that checks it.
struct StructRule {
    /// Where the struct is read: its members are in variables.
    let reading: String
    /// Where it is written.
    let writing: String

    static func all(
        of schema: JSONValue, _ members: [StructMember], at place: SchemaPlace
    ) throws(CatalogueError) -> [StructRule] {
        var rules: [StructRule] = []
        if let range = try SchemaBounds(of: schema, from: "minProperties", to: "maxProperties", at: place).range {
            guard !members.isEmpty else { throw try place.refusal("an object without properties needs no number of them") }
            rules.append(count(range, members))
        }
        if let value = schema["dependentRequired"] {
            let place = place.appending("dependentRequired")
            guard case .object(let lists) = value else { throw try place.refusal("an object is expected here") }
            for (name, value) in lists {
                rules += try dependencies(of: name, on: value, members, at: place.appending(name))
            }
        }
        return rules
    }

    private static func count(_ range: String, _ members: [StructMember]) -> StructRule {
        let optional = members.filter { !$0.isRequired }.map { "\($0.value) != nil" }
        let count = "\(members.count - optional.count)" + (optional.isEmpty ? "" : " + [\(optional.joined(separator: ", "))].count { $0 }")
        return StructRule(
            reading: "try reader.check((\(range)).contains(members.count), \"another number of members\")",
            writing: "writer.check((\(range)).contains(\(count)))")
    }

    private static func dependencies(
        of name: String, on value: JSONValue, _ members: [StructMember], at place: SchemaPlace
    ) throws(CatalogueError) -> [StructRule] {
        guard let member = members.first(where: { $0.name == name }), case .array(let names) = value else {
            throw try place.refusal("what depends on others must be among the properties, and the others in a list")
        }
        var rules: [StructRule] = []
        for other in names {
            guard let other = members.first(where: { .string($0.name) == other }) else {
                throw try place.refusal("what another one requires must be among the properties")
            }
            guard !other.isRequired else { continue }
            func condition(_ name: (StructMember) -> String) -> String {
                (member.isRequired ? "" : "\(name(member)) == nil || ") + "\(name(other)) != nil"
            }
            rules.append(
                StructRule(
                    reading: "try reader.check(\(condition(\.local)), \(SwiftLiteral.string("\(other.name), which \(member.name) asks for")))",
                    writing: "writer.check(\(condition(\.value)))"))
        }
        return rules
    }
}
