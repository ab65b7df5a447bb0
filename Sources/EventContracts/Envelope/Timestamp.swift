import JSONSchema

/// An instant as RFC 3339 writes it. It keeps the text it was read from, so it goes out as it came in.
public struct Timestamp: Sendable, Hashable, CustomStringConvertible {
    public let description: String
    /// Since the epoch; finer digits are cut off.
    public let milliseconds: Int64
    /// Whether it is what the format `date-time` of a schema allows: with a `T`, and a leap second only where there can be one.
    let isDateTime: Bool

    /// In UTC, with milliseconds. RFC 3339 ends with the year 9999 and begins with the year 0: what lies beyond becomes the last or
    /// first instant of it, since a record may carry any number as its timestamp.
    public init(milliseconds: Int64) {
        let milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        self.milliseconds = milliseconds
        isDateTime = true
        let days = Self.floorDivide(milliseconds, 86_400_000)
        let rest = milliseconds - days * 86_400_000
        let (year, month, day) = Self.date(ofDay: days)
        description =
            "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))T\(Self.pad(rest / 3_600_000, 2)):"
            + "\(Self.pad(rest / 60_000 % 60, 2)):\(Self.pad(rest / 1_000 % 60, 2)).\(Self.pad(rest % 1_000, 3))Z"
    }

    /// `nil` for what isn't an RFC 3339 date-time. A space may stand for the `T`. A leap second counts as the first second of the next
    /// minute.
    public init?(_ text: String) {
        guard let (milliseconds, isDateTime) = text.withBytes(Self.read) else { return nil }
        self.milliseconds = milliseconds
        self.isDateTime = isDateTime
        description = text
    }

    private static func read(_ bytes: Span<UInt8>) -> (milliseconds: Int64, isDateTime: Bool)? {
        guard bytes.count >= 20,
            let year = number(bytes, 0, 4), has("-", bytes, 4), let month = number(bytes, 5, 2), has("-", bytes, 7),
            let day = number(bytes, 8, 2), has("T", bytes, 10) || has(" ", bytes, 10),
            let hour = number(bytes, 11, 2), has(":", bytes, 13), let minute = number(bytes, 14, 2), has(":", bytes, 16),
            let second = number(bytes, 17, 2),
            (1...12).contains(month), day >= 1, day <= daysIn(month, of: year), hour < 24, minute < 60, second <= 60
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if has(".", bytes, index) {
            index += 1
            let first = index
            while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
                if index - first < 3 { fraction = fraction * 10 + Int64(bytes[index] - 48) }
                index += 1
            }
            guard index > first else { return nil }
            for _ in min(index - first, 3)..<3 { fraction *= 10 }
        }
        var offset: Int64 = 0
        if has("Z", bytes, index) {
            index += 1
        } else {
            let isWest = has("-", bytes, index)
            guard isWest || has("+", bytes, index), let hours = number(bytes, index + 1, 2), has(":", bytes, index + 3),
                let minutes = number(bytes, index + 4, 2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (isWest ? -1 : 1)
            index += 6
        }
        guard index == bytes.count else { return nil }
        let minutes = (Self.day(of: year, month, day) * 24 + hour) * 60 + minute - offset
        // A leap second is the last of a day in UTC.
        let isLastOfDay = minutes - floorDivide(minutes, 1_440) * 1_440 == 1_439
        return ((minutes * 60 + second) * 1_000 + fraction, !has(" ", bytes, 10) && (second < 60 || isLastOfDay))
    }

    @inline(__always)
    private static func number(_ bytes: Span<UInt8>, _ from: Int, _ count: Int) -> Int64? {
        guard from + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for index in from..<from + count {
            guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
            value = value &* 10 &+ Int64(bytes[index] &- 48)
        }
        return value
    }

    /// Either case of a letter, given as a capital one.
    private static func has(_ scalar: Unicode.Scalar, _ bytes: Span<UInt8>, _ index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let byte = UInt32(bytes[index])
        return byte == scalar.value || (byte == scalar.value | 0x20 && scalar.value >= 65)
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    static func days(in month: Int, of year: Int) -> Int { Int(daysIn(Int64(month), of: Int64(year))) }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since the epoch of a date in the proleptic Gregorian calendar, counted in eras of 400 years from March.
    private static func day(of year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(ofDay days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
