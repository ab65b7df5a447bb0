/// Waits until a condition holds, looking every `interval`, at most for `deadline`.
///
/// - Returns: whether it came to hold. The condition is looked at once more at the deadline.
/// - Throws: what the condition throws, and `CancellationError`.
@discardableResult
public func waitUntil(
    _ deadline: Duration,
    every interval: Duration = .milliseconds(20),
    isolation: isolated (any Actor)? = #isolation,
    _ condition: () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + deadline
    while try await !condition() {
        if ContinuousClock.now >= end { return try await condition() }
        try await Task.sleep(for: interval)
    }
    return true
}
