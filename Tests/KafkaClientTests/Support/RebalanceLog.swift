import KafkaClient
import Synchronization

/// Notes what it is told, and does what a test wants done there.
final class RebalanceLog: RebalanceListener {
    enum Event: Equatable {
        case assigned([TopicPartition])
        case revoked([TopicPartition], lost: Bool)

        var partitions: [TopicPartition] {
            switch self {
            case .assigned(let partitions), .revoked(let partitions, _): partitions
            }
        }
    }

    private let log = Mutex<[Event]>([])
    private let hook: @Sendable (Event) async throws -> Void

    init(_ hook: @escaping @Sendable (Event) async throws -> Void = { _ in }) {
        self.hook = hook
    }

    var events: [Event] { log.withLock { $0 } }

    func partitionsAssigned(_ partitions: [TopicPartition]) async throws {
        try await note(.assigned(partitions))
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) async throws {
        try await note(.revoked(partitions, lost: lost))
    }

    private func note(_ event: Event) async throws {
        log.withLock { $0.append(event) }
        try await hook(event)
    }
}
