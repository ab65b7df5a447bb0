import EventContracts
import Foundation

/// Where in a topic to begin or to end: an offset, a time, or one of its ends.
enum Bound: Hashable {
    case beginning
    case end
    case offset(Int64)
    /// Milliseconds since the epoch.
    case time(Int64)

    /// Reads `beginning`, `end`, an offset, an RFC 3339 time, `@` and epoch milliseconds, or a time ago such as `-90s`, `-15m`, `-1h`, `-2d`.
    init?(_ text: String, now: Int64) {
        switch text {
        case "beginning", "earliest": self = .beginning
        case "end", "latest": self = .end
        default:
            if let offset = Int64(text), offset >= 0 {
                self = .offset(offset)
            } else if text.hasPrefix("@"), let milliseconds = Int64(text.dropFirst()), milliseconds >= 0 {
                self = .time(milliseconds)
            } else if let ago = Self.ago(text), ago <= now {
                self = .time(now - ago)
            } else if let time = Timestamp(text) {
                self = .time(time.milliseconds)
            } else {
                return nil
            }
        }
    }

    static let help = "an offset, an RFC 3339 time, @milliseconds, a time ago (-15m, -1h, -2d), beginning or end"

    private static func ago(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard text.hasPrefix("-"), let last = text.last, let unit = units[last], let count = UInt32(text.dropFirst().dropLast())
        else { return nil }
        return Int64(count) * unit
    }
}
