import KafkaClient
import Synchronization

/// A member of a group that polls in a task of its own. What it has read of a partition it commits before the partition goes to another.
final class GroupMember: RebalanceListener, Sendable {
    private struct State {
        var offsets: [TopicPartition: [Int64]] = [:]
        /// Of the partitions it has now, what to read next.
        var next: [TopicPartition: Int64] = [:]
        /// How often the group has given it something, or taken it away.
        var rebalances = 0
        var error: KafkaError?
    }

    let consumer: Consumer
    private let state = Mutex(State())
    private let polling = Mutex<Task<Void, Never>?>(nil)

    init(
        _ asking: Asking, group: String, topic: String, instance: String? = nil, strategy: AssignmentStrategy = .range,
        session: Duration = .seconds(45)
    ) throws {
        // Rebalances are noticed by heartbeats.
        let kafka = asking.configuration(["heartbeat.interval.ms": "200"])
        var configuration = ConsumerConfiguration(kafka, groupID: group, instanceID: instance)
        configuration.strategies = [strategy]
        configuration.sessionTimeout = session
        consumer = try Consumer(configuration, logger: .silent)
        try consumer.subscribe([topic], listener: self)
        polling.withLock { $0 = Task { await self.poll() } }
    }

    var assignment: [TopicPartition] { (try? consumer.assignment().sorted()) ?? [] }
    /// What it has read.
    var offsets: [TopicPartition: [Int64]] { state.withLock { $0.offsets } }
    var rebalances: Int { state.withLock { $0.rebalances } }
    /// What ended its polling.
    var error: KafkaError? { state.withLock { $0.error } }

    func leave() async throws {
        let task = polling.withLock { $0 }
        task?.cancel()
        await task?.value
        await consumer.close()
    }

    private func poll() async {
        while !Task.isCancelled {
            do throws(KafkaError) {
                let records = try await consumer.poll(maxRecords: 1_000, timeout: .milliseconds(50)).records
                state.withLock { state in
                    for record in records {
                        state.offsets[record.topicPartition, default: []].append(record.offset)
                        state.next[record.topicPartition] = record.offset + 1
                    }
                }
            } catch {
                guard error.isFatal else { continue }
                return state.withLock { $0.error = error }
            }
        }
    }

    func partitionsAssigned(_ partitions: [TopicPartition]) async throws {
        state.withLock { $0.rebalances += 1 }
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) async throws {
        let next = state.withLock { state in
            state.rebalances += 1
            defer { for partition in partitions { state.next[partition] = nil } }
            return state.next.filter { partitions.contains($0.key) }
        }
        if !lost, !next.isEmpty { try await consumer.commit(next) }
    }
}
