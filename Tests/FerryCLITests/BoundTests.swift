import Testing

@testable import FerryCLI

@Suite("Places in a topic, as they are written on a command line")
struct BoundTests {
    private static let now: Int64 = 1_000_000_000_000

    @Test("An end, an offset, a time, milliseconds, a time ago", arguments: [
        ("beginning", Bound.beginning), ("earliest", .beginning), ("end", .end), ("latest", .end),
        ("0", .offset(0)), ("42", .offset(42)),
        ("@1700000000000", .time(1_700_000_000_000)),
        ("2001-09-09T01:46:40Z", .time(now)), ("2001-09-09T03:46:40.5+02:00", .time(now + 500)),
        ("-90s", .time(now - 90_000)), ("-15m", .time(now - 900_000)), ("-1h", .time(now - 3_600_000)),
        ("-2d", .time(now - 172_800_000)),
    ])
    func reads(text: String, bound: Bound) {
        #expect(Bound(text, now: Self.now) == bound)
    }

    @Test("Anything else is none, however near it comes", arguments: [
        "", "-", "-1", "-h", "-1w", "1h", "--1h", "@", "@-1", "now", "2001-09-09", "9223372036854775808", "-9223372036854775807d",
    ])
    func refuses(text: String) {
        #expect(Bound(text, now: Self.now) == nil)
    }
}
