/// Why a record isn't a CloudEvent.
public enum EnvelopeError: Error, Sendable, Hashable, CustomStringConvertible {
    case missingAttribute(String)
    case repeatedAttribute(String)
    case unsupportedSpecVersion(String)
    case malformedTime(String)
    case unreadableHeader(String)
    case malformedStructure(String)

    public var description: String {
        switch self {
        case .missingAttribute(let name): "the CloudEvents attribute \(name) is missing (header ce_\(name))"
        case .repeatedAttribute(let name): "the header ce_\(name) occurs more than once"
        case .unsupportedSpecVersion(let version): "CloudEvents \(version) is not supported, only 1.0"
        case .malformedTime(let text): "ce_time is not an RFC 3339 date and time: \(text)"
        case .unreadableHeader(let name): "the header \(name) is not UTF-8 text"
        case .malformedStructure(let why): "the structured event is malformed: \(why)"
        }
    }
}
