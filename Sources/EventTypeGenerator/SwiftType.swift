import EventContracts
import JSONSchema

/// The Swift type of a member, how generated code reads and writes one, and the declaration that it brings along.
struct SwiftType {
    let text: String
    let nested: NestedSource?
    private let form: Form

    /// What code reads and writes a value, with the checks it makes on the way.
    private indirect enum Form {
        /// By a method of the reader and one of the writer.
        case scalar(reader: String, checks: [String])
        /// By the type itself.
        case value
        case array(method: String, checks: [String], element: SwiftType)
    }

    /// - Parameters:
    ///   - member: the property that needs the type; a nested type is named for it unless its schema has a title.
    ///   - patterns: takes up the regular expressions.
    init(
        _ schema: JSONValue, for member: String, patterns: inout PatternSource, at place: SchemaPlace
    ) throws(CatalogueError) {
        switch try SchemaKind.of(schema, at: place) {
        case .integer:
            (text, nested) = ("Int", nil)
            form = .scalar(reader: "integer", checks: try Self.integerChecks(schema, at: place))
        case .boolean:
            (text, nested) = ("Bool", nil)
            form = .scalar(reader: "bool", checks: [])
        case .string:
            if let date = try Self.date(schema, at: place) {
                (text, nested, form) = (date, nil, .value)
            } else if schema["enum"] != nil || schema["const"] != nil {
                let enumeration = try EnumSource(name: try Self.name(of: schema, member, at: place), schema: schema, at: place)
                (text, nested, form) = (enumeration.name, .enumeration(enumeration, comment: schema["description"]?.string), .value)
            } else {
                (text, nested) = ("String", nil)
                form = .scalar(reader: "string", checks: try Self.stringChecks(schema, of: member, &patterns, at: place))
            }
        case .object:
            let structure = try StructSource(name: try Self.name(of: schema, member, at: place), schema: schema, at: place)
            (text, nested, form) = (structure.name, .structure(structure, comment: schema["description"]?.string), .value)
        case .oneOf:
            let union = try TaggedUnionSource(name: try Self.name(of: schema, member, at: place), schema: schema, at: place)
            (text, nested, form) = (union.name, .union(union, comment: schema["description"]?.string), .value)
        case .array:
            guard let items = schema["items"] else { throw try place.refusal("an array needs items to become a Swift type") }
            let element = try SwiftType(items, for: member + "Item", patterns: &patterns, at: place.appending("items"))
            let count = try SchemaBounds(of: schema, from: "minItems", to: "maxItems", at: place)
            (text, nested) = ("[\(element.text)]", element.nested)
            form = .array(
                method: schema["uniqueItems"] == true ? "uniqueArray" : "array", checks: count.range.map { ["count: \($0)"] } ?? [],
                element: element)
        }
    }

    /// An expression that reads one from `reader`.
    var reading: String {
        switch form {
        case .scalar(let reader, let checks): "try reader.\(reader)(\(checks.joined(separator: ", ")))"
        case .value: "try \(text)(from: &reader)"
        case .array(let method, let checks, let element):
            "try reader.\(method)\(Self.arguments(checks)) { reader throws(JSONRefusal) in \(element.reading) }"
        }
    }

    /// A statement that writes one to `writer`.
    func writing(_ value: String) -> String {
        switch form {
        case .scalar(_, let checks): "writer.write(\(([value] + checks).joined(separator: ", ")))"
        case .value: "\(value).write(to: &writer)"
        case .array(let method, let checks, let element):
            "writer.\(method)(\(([value] + checks).joined(separator: ", "))) { writer, item in \(element.writing("item")) }"
        }
    }

    private static func arguments(_ checks: [String]) -> String { checks.isEmpty ? "" : "(\(checks.joined(separator: ", ")))" }

    private static func integerChecks(_ schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) -> [String] {
        var checks = try SchemaBounds(ofInteger: schema, at: place).range.map { ["in: \($0)"] } ?? []
        if let value = schema["multipleOf"] {
            guard let step = value.int64, step > 0 else {
                throw try place.appending("multipleOf").refusal("\(value) can't be the step of a Swift Int")
            }
            checks.append("multipleOf: \(SchemaBounds.grouped(Int(step)))")
        }
        return checks
    }

    private static func stringChecks(
        _ schema: JSONValue, of member: String, _ patterns: inout PatternSource, at place: SchemaPlace
    ) throws(CatalogueError) -> [String] {
        var checks = try SchemaBounds(of: schema, from: "minLength", to: "maxLength", at: place).range.map { ["length: \($0)"] } ?? []
        if let pattern = schema["pattern"]?.string {
            checks.append("pattern: Self.\(patterns.identifier(for: pattern, of: member))")
        }
        if let value = schema["format"] {
            guard let format = value.string.flatMap(Format.init) else {
                throw try place.appending("format").refusal("\(value) is none of \(Format.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            checks.append("format: .\(format)")
        }
        return checks
    }

    /// The type of a string that has the format of a date.
    private static func date(_ schema: JSONValue, at place: SchemaPlace) throws(CatalogueError) -> String? {
        let type: String
        switch schema["format"]?.string {
        case "date-time": type = "Timestamp"
        case "date": type = "CalendarDate"
        default: return nil
        }
        for keyword in ["enum", "const", "minLength", "maxLength", "pattern"] where schema[keyword] != nil {
            throw try place.appending(keyword).refusal("\(keyword) can't be combined with a date, which becomes a \(type)")
        }
        return type
    }

    private static func name(of schema: JSONValue, _ member: String, at place: SchemaPlace) throws(CatalogueError) -> String {
        let wanted = schema["title"]?.string ?? member
        guard let name = SwiftName.type(wanted) else {
            throw try place.refusal("\"\(wanted)\" can't be the name of a Swift type; give the schema another title")
        }
        return name
    }
}
