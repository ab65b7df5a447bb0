import JSONSchema

/// Lists the fields that a schema declares, from its top to its leaves, in the order in which it names them.
///
/// References are followed once on each path: a schema that contains itself ends there. What a schema says by other means than
/// `properties`, `items`, `additionalProperties` and the combining keywords has no path of its own and stands as a constraint.
struct FieldReader {
    private let root: JSONValue
    private var fields: [CatalogField] = []
    private var followed: Set<String> = []

    /// - Parameter since: the first version that has a field at a path.
    static func fields(of schema: JSONValue, since: (String) -> String) -> [CatalogField] {
        var reader = FieldReader(root: schema)
        reader.members(of: schema, at: "")
        for index in reader.fields.indices { reader.fields[index].since = since(reader.fields[index].path) }
        return reader.fields
    }

    private init(root: JSONValue) { self.root = root }

    private mutating func members(of schema: JSONValue, at path: String) {
        let required = schema["required"].map(Self.texts) ?? []
        if case .object(let properties)? = schema["properties"] {
            for (name, property) in properties {
                add(property, at: path.isEmpty ? name : "\(path).\(name)", isRequired: required.contains(name))
            }
        }
        if let free = schema["additionalProperties"], case .object = free {
            add(free, at: path + "{}", isRequired: false)
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            guard case .array(let branches)? = schema[keyword] else { continue }
            for branch in branches { inside(branch) { $0.members(of: $1, at: path) } }
        }
    }

    private mutating func add(_ schema: JSONValue, at path: String, isRequired: Bool) {
        inside(schema) { reader, schema in
            if !reader.fields.contains(where: { $0.path == path }) {
                reader.fields.append(
                    CatalogField(
                        path: path, type: reader.type(of: schema), isRequired: isRequired,
                        constraints: SchemaPhrases.constraints(of: schema), description: schema["description"]?.string ?? "", since: ""))
            }
            reader.members(of: schema, at: path)
            if let items = schema["items"] { reader.inside(items) { $0.elements($1, at: path + "[]") } }
        }
    }

    /// The elements of an array: their members, or, if they have none, themselves.
    private mutating func elements(_ schema: JSONValue, at path: String) {
        if schema["properties"] == nil {
            add(schema, at: path, isRequired: false)
        } else {
            members(of: schema, at: path)
        }
    }

    /// Hands on the schema, or the one that it refers to.
    private mutating func inside(_ schema: JSONValue, _ body: (inout FieldReader, JSONValue) -> Void) {
        guard let reference = schema["$ref"]?.string else { return body(&self, schema) }
        guard followed.insert(reference).inserted else { return }
        if let target = resolve(reference) { inside(target, body) }
        followed.remove(reference)
    }

    private func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#"), let pointer = JSONPointer(text: String(reference.dropFirst())) else { return nil }
        return root[pointer]
    }

    private func type(of schema: JSONValue) -> String {
        guard schema["type"]?.string == "array" else { return SchemaPhrases.type(of: schema) }
        var items = schema["items"]
        if let reference = items?["$ref"]?.string { items = resolve(reference) }
        return items.map { "array of \(SchemaPhrases.type(of: $0))" } ?? "array"
    }

    private static func texts(_ value: JSONValue) -> [String] {
        guard case .array(let elements) = value else { return [] }
        return elements.compactMap(\.string)
    }
}
