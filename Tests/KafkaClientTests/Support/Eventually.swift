import KafkaClient
import Testing

/// Waits until the condition holds, looking every few milliseconds; a failed expectation when
/// the deadline comes first.
func eventually(
    _ what: String,
    within limit: Duration = .seconds(60),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("not within \(limit): \(what)", sourceLocation: sourceLocation)
}

extension Consumer {
    /// Polls until that many records came, or the deadline.
    func take(_ count: Int, within limit: Duration = .seconds(30)) async throws -> [ConsumedRecord] {
        let deadline = ContinuousClock.now + limit
        var records: [ConsumedRecord] = []
        while records.count < count, ContinuousClock.now < deadline {
            records += try await poll(maxRecords: count - records.count, timeout: .milliseconds(200)).records
        }
        return records
    }
}
