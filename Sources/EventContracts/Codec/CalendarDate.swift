import JSONSchema

/// A day as RFC 3339 writes it: the format `date` of a schema.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// From 0 to 9999.
    public let year: Int
    public let month: Int
    public let day: Int

    /// `nil` for a day that the Gregorian calendar doesn't have.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9_999).contains(year), (1...12).contains(month), (1...Timestamp.days(in: month, of: year)).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// `nil` for what isn't written as in `2026-03-01`.
    public init?(_ text: String) {
        guard let (year, month, day) = text.withBytes(Self.read) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func read(_ bytes: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7), let day = number(bytes, 8..<10)
        else { return nil }
        return (year, month, day)
    }

    private static func number(_ bytes: Span<UInt8>, _ places: Range<Int>) -> Int? {
        var value = 0
        for place in places {
            guard (48...57).contains(bytes[place]) else { return nil }
            value = value * 10 + Int(bytes[place] - 48)
        }
        return value
    }

    public var description: String { "\(Self.pad(year, to: 4))-\(Self.pad(month, to: 2))-\(Self.pad(day, to: 2))" }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func pad(_ value: Int, to width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: width - text.utf8.count) + text
    }
}
