import JSONSchema

/// What the comparison says of a closed writer and an open reader.
func containment(of writer: JSONValue, in reader: JSONValue) throws -> Containment {
    try Schema.compile(writer, origin: "writer").containment(in: try Schema.compile(reader, origin: "reader", view: .openReader))
}

extension JSONValue {
    init(text: String) throws { self = try JSONParser.parse(Array(text.utf8)) }
}

extension Containment {
    var witness: JSONValue? {
        guard case .refuted(let witness, _) = self else { return nil }
        return witness
    }
}
