import JSONSchema

/// The format `date-time`. It goes out as it came in.
extension Timestamp: PayloadValue {
    public init(from reader: inout JSONReader) throws(JSONRefusal) {
        // No longer than what the format allows.
        guard let value = Timestamp(try reader.string(length: 0...65_536)), value.isDateTime else {
            throw reader.refusal("a date and time as in RFC 3339")
        }
        self = value
    }

    public func write(to writer: inout JSONWriter) {
        writer.write(description, length: 0...65_536)
        writer.check(isDateTime)
    }
}

/// The format `date`.
extension CalendarDate: PayloadValue {
    public init(from reader: inout JSONReader) throws(JSONRefusal) {
        guard let value = CalendarDate(try reader.string()) else { throw reader.refusal("a date as in RFC 3339") }
        self = value
    }

    public func write(to writer: inout JSONWriter) { writer.write(year: year, month: month, day: day) }
}
