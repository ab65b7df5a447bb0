internal import CLibrdkafka
import Synchronization

/// A change of a consumer's assignment that librdkafka waits to see answered.
struct Rebalance: Sendable {
    enum Kind { case assign, revoke }
    var kind: Kind
    var list: PartitionList
    var partitions: [TopicPartition] { list.entries.map(\.partition).sorted() }
}

/// Keeps the rebalances that came up while a queue was drained, until `poll` answers them.
///
/// librdkafka's callback may return without (un)assigning: the group then waits in the state
/// it would be in after a rebalance event, and hands out nothing. That is what allows the
/// listener to be awaited instead of blocking the thread that drains.
final class RebalanceInbox: Sendable {
    private struct State {
        var pending: [Rebalance] = []
        var answersItself = false
    }

    private let state = Mutex(State())

    /// Called by librdkafka, in the thread that drains the queue.
    func receive(
        _ code: rd_kafka_resp_err_t,
        _ partitions: UnsafePointer<rd_kafka_topic_partition_list_t>?,
        from client: OpaquePointer
    ) {
        let list = partitions.map(PartitionList.init(copying:)) ?? PartitionList([TopicPartition]())
        let answersItself = state.withLock { state in
            if state.answersItself { return true }
            state.pending.append(Rebalance(
                kind: code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS ? .assign : .revoke, list: list
            ))
            return false
        }
        if answersItself { rd_kafka_assign(client, nil) }
    }

    func next() -> Rebalance? {
        state.withLock { $0.pending.isEmpty ? nil : $0.pending.removeFirst() }
    }

    var isEmpty: Bool { state.withLock { $0.pending.isEmpty } }

    /// From now on nobody polls: give every partition up at once, so that the client can be
    /// destroyed.
    func answerByItself() {
        state.withLock { state in
            state.answersItself = true
            state.pending = []
        }
    }
}
