/// The formats that can be asserted, by their names in a schema.
public enum Format: String, Sendable, CaseIterable {
    case dateTime = "date-time"
    case date, time, duration, uuid, email, ipv4, ipv6, uri, regex
    case uriReference = "uri-reference"
    case jsonPointer = "json-pointer"

    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return accepts(bytes, bytes.indices)
    }

    /// - Parameter range: where the text is, in UTF-8.
    func accepts(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        // Whatever has a format is short; so a text of megabytes is refused before it is read.
        guard range.count <= 65_536 else { return false }
        switch self {
        case .regex: return (try? PatternParser.check(String(decoding: text[range], as: UTF8.self))) != nil
        case .jsonPointer: return JSONPointer(text: String(decoding: text[range], as: UTF8.self)) != nil
        default: break
        }
        var cursor = FormatCursor(text, range)
        let isWellFormed =
            switch self {
            case .dateTime: cursor.dateTime()
            case .date: cursor.date() != nil
            case .time: cursor.time()
            case .duration: cursor.duration()
            case .uuid: cursor.uuid()
            case .email: cursor.email()
            case .ipv4: cursor.ipv4()
            case .ipv6: cursor.ipv6()
            case .uri: cursor.uri()
            case .uriReference: cursor.uriReference()
            case .regex, .jsonPointer: false
            }
        return isWellFormed && cursor.isAtEnd
    }

    /// What is expected, for people.
    var wording: String {
        switch self {
        case .dateTime: "a date and time as in RFC 3339, such as 2026-03-01T12:00:00Z"
        case .date: "a date as in RFC 3339, such as 2026-03-01"
        case .time: "a time as in RFC 3339, such as 12:00:00Z"
        case .duration: "a duration as in ISO 8601, such as P1DT12H"
        case .uuid: "a UUID, such as 123e4567-e89b-12d3-a456-426614174000"
        case .email: "an e-mail address"
        case .ipv4: "an IPv4 address, such as 192.0.2.1"
        case .ipv6: "an IPv6 address, such as 2001:db8::1"
        case .uri: "a URI with its scheme, such as https://example.org/a"
        case .uriReference: "a URI or a relative reference, such as ../a"
        case .regex: "a regular expression as in ECMA-262"
        case .jsonPointer: "a JSON pointer, such as /a/0"
        }
    }
}
