extension Format {
    /// Matches whatever has the format, and more; `nil` where nothing is known.
    var outline: Pattern? { Self.outlines[self] }

    /// At most so many characters: see ``accepts(_:)``.
    static let longest = 65_536

    /// Whether whatever has this format has the other as well.
    func implies(_ other: Format) -> Bool { self == other || (self == .uri && other == .uriReference) }

    private static let outlines: [Format: Pattern] = {
        let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
        let time = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+\\-][0-9]{2}:[0-9]{2})"
        let texts: [Format: String] = [
            .dateTime: "^\(date)[Tt]\(time)$",
            .date: "^\(date)$",
            .time: "^\(time)$",
            .duration: "^P[0-9YMDTHSW]{2,}$",
            .uuid: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
            .email: "^[ -~]+@[ -~]+$",
            .ipv4: "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$",
            .ipv6: "^[0-9A-Fa-f:.]{2,}$",
            .uri: "^[A-Za-z][A-Za-z0-9+.\\-]*:[!-~]*$",
            .uriReference: "^[!-~]*$",
            .jsonPointer: "^(/[\\s\\S]*)?$",
        ]
        return texts.compactMapValues { try? Pattern($0) }
    }()

    /// Some texts that have the format, of different lengths and beginnings.
    var samples: [String] {
        switch self {
        case .dateTime:
            ["2026-03-01T12:00:00Z", "1999-12-31T23:59:59.123456789+01:00", "0001-01-01T00:00:00-23:59", "2024-02-29t08:30:15.5z"]
        case .date: ["2026-03-01", "1999-12-31", "0001-01-01", "2024-02-29"]
        case .time: ["12:00:00Z", "23:59:59.123456789+01:00", "00:00:00-23:59", "08:30:15.5z"]
        case .duration: ["P1D", "PT12H", "P1Y2M3DT4H5M6S", "P2W"]
        case .uuid: ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-ffff-ffff-ffff-FFFFFFFFFFFF"]
        case .email: ["a@b", "someone@example.org", "\"two words\"@example.org", "first.last+tag@mail.example.org"]
        case .ipv4: ["192.0.2.1", "0.0.0.0", "255.255.255.255"]
        case .ipv6: ["::", "2001:db8::1", "2001:db8:0:1:2:3:4:5", "::ffff:192.0.2.1"]
        case .uri: ["a:", "https://example.org/a", "urn:isbn:0451450523", "https://user@example.org:8080/a/b?c=d#e"]
        case .uriReference: ["", "../a", "https://example.org/a", "#fragment", "a?b"]
        case .regex: ["", "^a+$", "[0-9]{2,4}"]
        case .jsonPointer: ["", "/a/0", "/a~1b", "/"]
        }
    }
}
