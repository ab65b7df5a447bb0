/// Makes a ``SchemaNode`` of a schema document.
struct SchemaCompiler {
    let origin: String
    let view: SchemaView

    /// Keywords that describe and assert nothing (draft 2020-12, meta-data vocabulary and core identifiers).
    private static let annotations: Set<String> = [
        "$schema", "$id", "$comment", "title", "description", "examples", "default", "deprecated",
    ]

    func compile(_ document: JSONValue, at pointer: JSONPointer) throws(SchemaCompileError) -> SchemaNode {
        guard case .object(let object) = document else {
            throw fail(pointer, "a schema is an object here; true and false are only supported for additionalProperties")
        }
        var node = SchemaNode()
        for (keyword, value) in object where !Self.annotations.contains(keyword) {
            let place = pointer.appending(keyword)
            switch keyword {
            case "type": node.kinds = try kinds(value, place)
            case "const": node.constant = value
            case "enum":
                guard case .array(let values) = value, !values.isEmpty else { throw fail(place, "enum needs values") }
                node.alternatives = values
            case "minimum": node.minimum = try number(value, place)
            case "maximum": node.maximum = try number(value, place)
            case "exclusiveMinimum": node.exclusiveMinimum = try number(value, place)
            case "exclusiveMaximum": node.exclusiveMaximum = try number(value, place)
            case "minLength": node.minLength = try count(value, place)
            case "maxLength": node.maxLength = try count(value, place)
            case "minItems": node.minItems = try count(value, place)
            case "maxItems": node.maxItems = try count(value, place)
            case "required": node.required = try names(value, place)
            case "properties":
                guard case .object(let properties) = value else { throw fail(place, "properties is an object") }
                for (name, schema) in properties {
                    node.properties[name] = .node(try compile(schema, at: place.appending(name)))
                }
            case "additionalProperties":
                switch value {
                case .bool(let open): node.isClosed = !open && view == .closedWriter
                default: node.additional = .node(try compile(value, at: place))
                }
            case "items": node.items = .node(try compile(value, at: place))
            default: throw fail(place, "the keyword \"\(keyword)\" is not supported")
            }
        }
        return node
    }

    private func fail(_ pointer: JSONPointer, _ message: String) -> SchemaCompileError {
        SchemaCompileError(origin: origin, pointer: pointer, message: message)
    }

    private func kinds(_ value: JSONValue, _ place: JSONPointer) throws(SchemaCompileError) -> [SchemaNode.Kind] {
        let names: [JSONValue]
        if case .array(let several) = value { names = several } else { names = [value] }
        var kinds: [SchemaNode.Kind] = []
        for name in names {
            guard let kind = name.string.flatMap(SchemaNode.Kind.init) else { throw fail(place, "this is no type of JSON") }
            kinds.append(kind)
        }
        return kinds
    }

    private func number(_ value: JSONValue, _ place: JSONPointer) throws(SchemaCompileError) -> JSONNumber {
        guard case .number(let number) = value else { throw fail(place, "a number is expected here") }
        return number
    }

    private func count(_ value: JSONValue, _ place: JSONPointer) throws(SchemaCompileError) -> Int {
        guard let count = value.int64, count >= 0 else { throw fail(place, "a count is expected here") }
        return Int(count)
    }

    private func names(_ value: JSONValue, _ place: JSONPointer) throws(SchemaCompileError) -> [String] {
        guard case .array(let values) = value else { throw fail(place, "a list of names is expected here") }
        var names: [String] = []
        for value in values {
            guard let name = value.string else { throw fail(place, "a list of names is expected here") }
            names.append(name)
        }
        return names
    }
}
