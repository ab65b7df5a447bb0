import EventContracts
import JSONSchema
import Testing

@Suite("Days are RFC 3339")
struct CalendarDateTests {
    @Test("A day goes out as it came in", arguments: ["0000-01-01", "0001-02-03", "0999-12-31", "2024-02-29", "2026-11-28", "9999-12-31"])
    func roundTrip(text: String) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.description == text)
        var writer = JSONWriter()
        date.write(to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"\(text)\"")
        var reader = JSONReader(writer.bytes)
        #expect(try CalendarDate(from: &reader) == date)
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "2026-11", "2026-11-2", "2026-11-289", "2026-13-01", "2026-00-01", "2026-11-00", "2026-11-31", "2023-02-29", "2026/11/28",
            "+026-11-28", "2026-+1-28", "2026-11-2 ", "2026-11-2é",
        ])
    func refusing(text: String) {
        #expect(CalendarDate(text) == nil)
    }
}
