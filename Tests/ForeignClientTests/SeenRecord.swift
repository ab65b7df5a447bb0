import Foundation

/// A record as every client here shows it: one JSON line in, one JSON line out.
struct SeenRecord: Codable, Hashable {
    var key: String?
    var value: String?
    /// Name and value; names may repeat, a value may be NULL.
    var headers: [[String?]]
    /// Milliseconds since the epoch.
    var timestamp: Int64

    private enum CodingKeys: CodingKey { case key, value, headers, timestamp }

    /// NULL is written as such: the clients take what they name.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encode(value, forKey: .value)
        try container.encode(headers, forKey: .headers)
        try container.encode(timestamp, forKey: .timestamp)
    }

    /// One of each kind that a log has to tell apart. Without both key and value: some clients refuse to send that.
    static func samples(_ name: String, at timestamp: Int64) -> [SeenRecord] {
        [
            .init(key: name, value: "value", headers: [["h", "1"], ["h", "2"], ["none", nil], ["empty", ""]], timestamp: timestamp),
            .init(key: nil, value: "\(name): no key", headers: [], timestamp: timestamp + 1),
            .init(key: name, value: "", headers: [], timestamp: timestamp + 2),
            .init(key: name, value: nil, headers: [], timestamp: timestamp + 3),
            .init(key: name, value: String(repeating: "long ", count: 5_000), headers: [], timestamp: timestamp + 4),
        ]
    }
}

extension [SeenRecord] {
    var lines: String {
        get throws {
            try map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }.joined()
        }
    }
}
