/// RFC 3339, with its appendix A for durations.
extension FormatCursor {
    mutating func dateTime() -> Bool {
        guard date() != nil, takeLetter("t") else { return false }
        return time()
    }

    mutating func date() -> (year: Int, month: Int, day: Int)? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"), let day = number(digits: 2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        return (year, month, day)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    mutating func time() -> Bool {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), take(":"), let second = number(digits: 2),
            hour <= 23, minute <= 59, second <= 60
        else { return false }
        if take("."), skipDigits() == 0 { return false }
        var minutes = hour * 60 + minute
        if !takeLetter("z") {
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(digits: 2), take(":"), let more = number(digits: 2), hours <= 23, more <= 59
            else { return false }
            minutes += (isWest ? 1 : -1) * (hours * 60 + more)
        }
        // A leap second is the last of a day in UTC, whatever time it is here.
        return second < 60 || (minutes + 1_440) % 1_440 == 1_439
    }

    mutating func duration() -> Bool {
        guard take("P") else { return false }
        let hasDays = parts("Y", "M", "D")
        guard let hasDays else { return false }
        if !hasDays, next?.isDigit == true { return skipDigits() > 0 && take("W") }
        guard take("T") else { return hasDays }
        return parts("H", "M", "S") == true
    }

    /// Amounts in these units, each only right after the unit before it: `P1Y1D` is none.
    ///
    /// - Returns: whether there are any; `nil` for what is malformed. Digits that none of the units follow stay where they are.
    private mutating func parts(_ first: Unicode.Scalar, _ second: Unicode.Scalar, _ third: Unicode.Scalar) -> Bool? {
        var last = 0
        while next?.isDigit == true {
            let before = position
            _ = skipDigits()
            let unit = take(first) ? 1 : take(second) ? 2 : take(third) ? 3 : 0
            guard unit > 0 else {
                position = before
                return last == 0 ? false : nil
            }
            guard last == 0 || last + 1 == unit else { return nil }
            last = unit
        }
        return last > 0
    }
}
