import KafkaClient
import Synchronization

/// What came of the rounds, noted from any task.
final class InterleavingTally: Sendable {
    struct Counts {
        var acknowledged: [TopicPartition: [Int64: [UInt8]]] = [:]
        var errors: [KafkaError.Code: Int] = [:]
        var unexpected: [String] = []
        var read = 0
        var rebalances = 0

        var acknowledgedCount: Int { acknowledged.values.reduce(0) { $0 + $1.count } }
    }

    private let state = Mutex(Counts())
    /// What these calls may throw in such a mess.
    private static let expected: Set<KafkaError.Code> = [
        .cancelled, .closed, .purged, .timedOut, .invalidState, .unknownTopicOrPartition, .brokerUnavailable,
        .rebalanceInProgress, .unknownMember, .assignmentLost, .noOffset,
    ]

    var counts: Counts { state.withLock { $0 } }

    func acknowledge(_ delivery: Delivery, _ value: [UInt8]) {
        // The place of a record that only its retry was acknowledged for is not told.
        guard delivery.offset >= 0 else { return }
        state.withLock {
            $0.acknowledged[TopicPartition(delivery.topic, delivery.partition), default: [:]][delivery.offset] = value
        }
    }

    func note(read count: Int) { state.withLock { $0.read += count } }
    func noteRebalance() { state.withLock { $0.rebalances += 1 } }

    func note(_ error: KafkaError, of what: String) {
        state.withLock {
            $0.errors[error.code, default: 0] += 1
            if !Self.expected.contains(error.code) || error.isFatal { $0.unexpected.append("\(what): \(error)") }
        }
    }

    /// Runs what may fail, and notes how it does.
    func attempt(_ what: String, _ body: () async throws(KafkaError) -> Void) async {
        do throws(KafkaError) {
            try await body()
        } catch {
            note(error, of: what)
        }
    }
}
