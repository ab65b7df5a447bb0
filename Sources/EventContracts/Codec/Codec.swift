import JSONSchema

/// Payloads to bytes and back, validated on both ways.
///
/// Generated types check what they read and write in the same pass. What they refuse is looked at again by ``Schema``: it finds all
/// violations, and it has the last word, so the two can't disagree on what is valid.
public enum Codec {
    @inlinable
    public static func decode<Payload: EventPayload>(
        _ type: Payload.Type, from bytes: [UInt8]
    ) throws(PayloadError) -> Payload {
        do {
            var reader = JSONReader(bytes)
            let payload = try Payload(from: &reader)
            try reader.end()
            return payload
        } catch {
            return try decode(type, refused: bytes)
        }
    }

    /// What generated code refused: not valid, or valid all the same.
    @usableFromInline
    static func decode<Payload: EventPayload>(_ type: Payload.Type, refused bytes: [UInt8]) throws(PayloadError) -> Payload {
        try validate(bytes, by: Payload.schemas.reader, id: Payload.schemaID)
        do {
            var reader = JSONReader(bytes, isTrusting: true)
            let payload = try Payload(from: &reader)
            try reader.end()
            return payload
        } catch {
            throw .mismatch("\(error)")
        }
    }

    public static func decode<Payload: EventPayload>(
        _ type: Payload.Type, from json: JSONValue
    ) throws(PayloadError) -> Payload {
        try decode(type, from: json.canonicalBytes())
    }

    /// Canonical bytes: equal values give equal bytes.
    public static func encode<Payload: EventPayload>(_ payload: Payload) throws(PayloadError) -> [UInt8] {
        // What malloc keeps at hand for the thread is a little less than 1 KiB, with the header of the array.
        var writer = JSONWriter(capacity: 960)
        payload.write(to: &writer)
        if !writer.isValid || writer.bytes.count > JSONLimits.default.bytes {
            try validate(writer.bytes, by: Payload.schemas.writer, id: Payload.schemaID)
        }
        return writer.bytes
    }

    private static func validate(
        _ bytes: [UInt8], by schema: Result<Schema, SchemaCompileError>, id: String
    ) throws(PayloadError) {
        let json: JSONValue
        do {
            json = try JSONParser.parse(bytes)
        } catch {
            throw .malformedJSON(error)
        }
        let violations: [Violation]
        do {
            violations = try schema.get().validate(json)
        } catch {
            throw .schema(error)
        }
        guard violations.isEmpty else { throw .invalid(schemaID: id, violations) }
    }
}
