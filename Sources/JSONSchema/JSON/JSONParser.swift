/// Reads JSON text strictly by RFC 8259, within limits, in time proportional to the text.
public enum JSONParser {
    /// - Throws: ``JSONParseError`` for anything that isn't JSON, and for names that occur twice in an object, invalid UTF-8, lone
    ///   surrogates, anything after the document, and what the limits forbid.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .default
    ) throws(JSONParseError) -> JSONValue {
        try JSONDocument(parsing: bytes, limits: limits).value
    }
}
