/// Why an event doesn't announce a contract.
public enum AnnouncementError: Error, Sendable, Hashable, CustomStringConvertible {
    case otherEvent(type: String)
    case malformed(String)

    public var description: String {
        switch self {
        case .otherEvent(let type): "\(type) is not \(ContractAnnouncement.type)"
        case .malformed(let why): "the announcement is malformed: \(why)"
        }
    }
}
