import Logging
import Synchronization

/// Creates, changes and inspects topics and groups.
///
/// `timeout` covers the request and, where a broker can wait for a change to reach the others,
/// that wait. A call that fails as a whole throws; where a request names several things, each
/// has its own outcome in the result. When the task is cancelled a call throws
/// ``KafkaError/Code-swift.struct/cancelled`` at once, and what it asked for may still happen.
///
/// Safe from any task. Nothing here creates a topic by asking for it.
public final class AdminClient: Sendable {
    let handle: ClientHandle
    private let closing = Mutex<Task<Void, Never>?>(nil)

    public init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        // A consumer in librdkafka's terms: a producer's metadata requests create topics.
        let configuration = try NativeConfiguration(configuration)
        handle = try ClientHandle(
            .consumer, named: "admin client", configuration,
            events: ClientEvents(for: configuration, logger: logger)
        )
    }

    /// The brokers, and the topics named; all topics for `nil`. A topic that does not exist is
    /// left out.
    public func metadata(topics: [String]?, timeout: Duration) async throws(KafkaError) -> ClusterMetadata {
        var metadata = try await handle.metadata(.all, timeout: timeout)
        if let topics {
            let wanted = Set(topics)
            metadata.topics.removeAll { !wanted.contains($0.name) }
        }
        return metadata
    }

    /// Fails the calls that wait with ``KafkaError/Code-swift.struct/closed`` and releases every
    /// thread, socket and byte. Idempotent, safe from any task, not interrupted by cancellation.
    public func close() async {
        let handle = handle
        let task = closing.withLock { closing in
            let task = closing ?? Task { await handle.destroy() }
            closing = task
            return task
        }
        await task.value
    }
}
