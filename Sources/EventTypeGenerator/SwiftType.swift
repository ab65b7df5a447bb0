import EventContracts
import JSONSchema

/// The Swift type of a member, and the declaration that it brings along.
struct SwiftType {
    enum Nested {
        case structure(StructSource, comment: String?)
        case enumeration(EnumSource, comment: String?)

        var name: String {
            switch self {
            case .structure(let structure, _): structure.name
            case .enumeration(let enumeration, _): enumeration.name
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
            }
        }
    }

    let text: String
    let nested: Nested?

    /// - Parameter suggestedName: what a nested type is called unless its schema has a title.
    init(_ schema: JSONValue, suggestedName: String, at place: SchemaPlace) throws(CatalogueError) {
        let comment = schema["description"]?.string
        switch try SchemaKind.of(schema, at: place) {
        case .integer: (text, nested) = ("Int", nil)
        case .boolean: (text, nested) = ("Bool", nil)
        case .string:
            guard let values = schema["enum"] else {
                (text, nested) = ("String", nil)
                return
            }
            let name = try Self.name(of: schema, suggestedName, at: place)
            text = name
            nested = .enumeration(try EnumSource(name: name, values: values, at: place.appending("enum")), comment: comment)
        case .object:
            let name = try Self.name(of: schema, suggestedName, at: place)
            text = name
            nested = .structure(try StructSource(name: name, schema: schema, at: place), comment: comment)
        case .array:
            guard let items = schema["items"] else { throw try place.refusal("an array needs items to become a Swift type") }
            let element = try SwiftType(items, suggestedName: suggestedName + "Item", at: place.appending("items"))
            text = "[\(element.text)]"
            nested = element.nested
        }
    }

    private static func name(
        of schema: JSONValue, _ suggestedName: String, at place: SchemaPlace
    ) throws(CatalogueError) -> String {
        let wanted = schema["title"]?.string ?? suggestedName
        guard let name = SwiftName.type(wanted) else {
            throw try place.refusal("\"\(wanted)\" can't be the name of a Swift type; give the schema another title")
        }
        return name
    }
}
