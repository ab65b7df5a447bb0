import JSONSchema

/// Payloads to bytes and back, validated on both ways.
public enum Codec {
    public static func decode<Payload: EventPayload>(
        _ type: Payload.Type, from bytes: [UInt8]
    ) throws(PayloadError) -> Payload {
        let json: JSONValue
        do {
            json = try JSONParser.parse(bytes)
        } catch {
            throw .malformedJSON(error)
        }
        return try decode(type, from: json)
    }

    public static func decode<Payload: EventPayload>(
        _ type: Payload.Type, from json: JSONValue
    ) throws(PayloadError) -> Payload {
        let violations = try schema(Payload.schemas.reader).validate(json)
        guard violations.isEmpty else { throw .invalid(schemaID: Payload.schemaID, violations) }
        return try Payload(json: json)
    }

    /// Canonical bytes: equal values give equal bytes.
    public static func encode<Payload: EventPayload>(_ payload: Payload) throws(PayloadError) -> [UInt8] {
        var writer = JSONWriter()
        payload.write(to: &writer)
        let json: JSONValue
        do {
            json = try JSONParser.parse(writer.bytes)
        } catch {
            throw .malformedJSON(error)
        }
        let violations = try schema(Payload.schemas.writer).validate(json)
        guard violations.isEmpty else { throw .invalid(schemaID: Payload.schemaID, violations) }
        return writer.bytes
    }

    private static func schema(_ compiled: Result<Schema, SchemaCompileError>) throws(PayloadError) -> Schema {
        do {
            return try compiled.get()
        } catch {
            throw .schema(error)
        }
    }
}
