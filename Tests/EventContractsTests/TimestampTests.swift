import EventContracts
import Testing

@Suite("Timestamps are RFC 3339, without loss")
struct TimestampTests {
    @Test(
        "An instant is read as milliseconds since the epoch and goes out as it came in",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-24T13:05:09.123Z", 1_795_525_509_123),
            ("2026-11-24T13:05:09.123456789Z", 1_795_525_509_123),
            ("2026-11-24T13:05:09.1Z", 1_795_525_509_100),
            ("2026-11-24t14:05:09+01:00", 1_795_525_509_000),
            ("2026-11-24T07:35:09-05:30", 1_795_525_509_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ])
    func reading(text: String, milliseconds: Int64) throws {
        let timestamp = try #require(Timestamp(text))
        #expect(timestamp.milliseconds == milliseconds)
        #expect(timestamp.description == text)
    }

    @Test(
        "What is no date-time is refused",
        arguments: [
            "", "2026-11-24", "2026-11-24T13:05:09", "2026-11-24T13:05Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T13:60:00Z", "2026-11-24T13:05:61Z", "2026-11-24T13:05:09.Z",
            "2026-11-24T13:05:09+0100", "2026-11-24T13:05:09+24:00", "2026-11-24T13:05:09Z ", " 2026-11-24T13:05:09Z", "2026-1-4T13:05:09Z",
            "２026-11-24T13:05:09Z", "1795525509123",
        ])
    func refusing(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        "Milliseconds are written in UTC and read back as the same",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_709_164_800_001, "2024-02-29T00:00:00.001Z"),
            (951_827_696_789, "2000-02-29T12:34:56.789Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func writing(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds) == Timestamp(text))
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test(
        "A time beyond RFC 3339 becomes the nearest one within it",
        arguments: [Int64.min, -62_167_219_200_001, 253_402_300_800_000, .max])
    func outOfRange(milliseconds: Int64) {
        let written = Timestamp(milliseconds: milliseconds)
        #expect(written == Timestamp(milliseconds < 0 ? "0000-01-01T00:00:00.000Z" : "9999-12-31T23:59:59.999Z"))
    }

    @Test("Every day of eight centuries is the day after its predecessor")
    func calendar() {
        var previous = Timestamp(milliseconds: -12_622_780_800_000).description
        for day in Int64(-146_096)...146_097 {
            let text = Timestamp(milliseconds: day * 86_400_000).description
            #expect(previous < text && Timestamp(text)?.milliseconds == day * 86_400_000)
            previous = text
        }
    }
}
