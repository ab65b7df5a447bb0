import Foundation

/// A record in kcat's JSON envelope (`-J`).
struct KcatRecord: Decodable {
    var partition: Int
    var offset: Int64
    var ts: Int64
    /// Names and values by turns; absent if there are none.
    var headers: [String?]?
    var key: String?
    var payload: String?

    var seen: SeenRecord {
        let flat = headers ?? []
        let pairs = stride(from: 0, to: flat.count, by: 2).map { Array(flat[$0..<min($0 + 2, flat.count)]) }
        return SeenRecord(key: key, value: payload, headers: pairs, timestamp: ts)
    }

    /// What a topic holds up to its present end, in the order of each partition.
    static func all(of topic: String, isolation: String = "read_committed") async throws -> [KcatRecord] {
        try await Kcat.run(["-C", "-J", "-e", "-o", "beginning", "-t", topic, "-X", "isolation.level=\(isolation)"])
            .map { try JSONDecoder().decode(KcatRecord.self, from: $0) }
    }
}
