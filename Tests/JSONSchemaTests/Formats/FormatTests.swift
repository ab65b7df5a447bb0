import JSONSchema
import Testing

/// Beside what the official suite asks.
@Suite("Formats")
struct FormatTests {
    private func accepts(_ format: String, _ text: String) throws -> Bool {
        try Schema.compile(["format": .string(format)], origin: "test").isValid(.string(text))
    }

    @Test(
        "What has a format, and what hasn't",
        arguments: [
            ("date-time", ["2026-03-01T12:00:00Z", "2026-03-01t12:00:00.123456789z", "2024-02-29T23:59:60+00:00",
                "2016-12-31T15:59:60-08:00"],
                ["2026-03-01 12:00:00Z", "2026-03-01T12:00:00", "2026-03-01T24:00:00Z", "2026-03-01T12:00:00.Z", "2026-03-01T12:00:60Z",
                "2026-03-01T12:00:00+24:00"]),
            ("date", ["2024-02-29", "2000-02-29", "0000-01-01"], ["2023-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-4-1",
                "2026-04-31", "٢026-04-01", "20260401"]),
            ("time", ["00:00:00Z", "23:59:59.9+23:59"], ["12:00Z", "12:00:00", "1:00:00Z", "12:60:00Z"]),
            ("duration", ["P1D", "PT0S", "P1Y2M3DT4H5M6S", "P4W"], ["P", "PT", "1D", "P1S", "PT1D", "P1Y1D", "P1DT", "P1W1D", "-P1D",
                "P1.5D"]),
            ("uuid", ["123e4567-e89b-12d3-a456-426614174000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
                ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-a456-4266141740000",
                "{123e4567-e89b-12d3-a456-426614174000}", "123g4567-e89b-12d3-a456-426614174000"]),
            ("email", ["a@b", "first.last+tag@mail.example.org", "\"two words\"@example.org", "a@[192.0.2.1]", "a@[IPv6:2001:db8::1]",
                "a@[ipv6:::1]"],
                ["a", "@b", "a@", "a..b@c", ".a@b", "a@-b", "a@b-", "a@b..c", "a@[300.0.0.1]", "a b@c",
                "a@\(String(repeating: "b", count: 64))"]),
            ("ipv4", ["0.0.0.0", "255.255.255.255"], ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "٣.2.3.4"]),
            ("ipv6", ["::", "::1", "1::", "2001:db8:1:2:3:4:5:6", "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1"],
                [":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "fe80::1%eth0", "1:2:3:4:5:6:7:192.0.2.1",
                "::1:"]),
            ("uri", ["a:", "https://example.org:8080/a/b?c=d#e", "urn:isbn:1", "http://[::1]/", "mailto:a@b", "a:%20"],
                ["/a", "", "https://a b", "1a:b", "a:%2", "a:%zz", "http://[::1", "http://[g]", "a:b#c#d", "é:a", "https://é"]),
            ("uri-reference", ["", "/a", "../a?b#c", "//host/a", "a:b", "a/b:c"], ["a b", "\\a", "1:b", "#a#b", "%"]),
            ("json-pointer", ["", "/", "/a/0", "/~0~1"], ["a", "/~", "/~2"]),
            ("regex", ["", "^a+$", "(?=a)\\1".replacing("\\1", with: "")], ["(", "\\a"]),
        ] as [(String, [String], [String])])
    func formats(format: String, matching: [String], others: [String]) throws {
        for text in matching { #expect(try accepts(format, text), "\(format) should accept \(text.debugDescription)") }
        for text in others { #expect(try !accepts(format, text), "\(format) should not accept \(text.debugDescription)") }
    }

    @Test("A format says nothing of values that are no strings")
    func otherValues() throws {
        let schema = try Schema.compile(["format": "date"], origin: "test")
        for value: JSONValue in [1, nil, true, [], [:]] { #expect(schema.isValid(value)) }
    }
}
