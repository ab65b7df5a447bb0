/// How well the gateway is today. What is switched hits charges and refunds, and never the ledger or the switches themselves.
struct Switches: Hashable, Sendable, Codable {
    /// Milliseconds that every call takes longer.
    var latencyMs: Int = 0
    /// The share of calls that fail before anything is recorded, 0 to 1.
    var errorRate: Double = 0
    /// Every call fails before anything is recorded.
    var outage: Bool = false

    static let longestLatencyMs = 600_000

    /// - Throws: ``FieldFault`` naming the first switch that is out of its range.
    func validate() throws(FieldFault) {
        guard (0...Self.longestLatencyMs).contains(latencyMs) else {
            throw FieldFault("latencyMs", "\(latencyMs) is not between 0 and \(Self.longestLatencyMs)", remedy: "Send milliseconds.")
        }
        guard (0...1).contains(errorRate) else {
            throw FieldFault("errorRate", "\(errorRate) is not between 0 and 1", remedy: "Send a share, such as 0.05.")
        }
    }
}
