/// Told of partitions that come and go, at a point where nothing else happens.
///
/// Both hooks are awaited inside ``Consumer/poll(maxRecords:timeout:)``, or inside
/// ``Consumer/close()``, in the task that called it: no record is handed out while one runs. They may use the consumer (commit,
/// committed, watermarks), except for `poll`, and for `close`, which takes effect after the
/// hook.
///
/// A hook has as long as `max.poll.interval.ms` from the poll before it; beyond that the group
/// goes on without this member, and the next poll reports the partitions lost.
public protocol RebalanceListener: Sendable {
    /// Runs before the assignment takes effect: fetching starts after it returns.
    ///
    /// With the cooperative protocol only the added partitions are named. If it throws, the
    /// partitions are declined: the consumer remains a member of its group, reads none of them
    /// until the next rebalance, and the error goes to the caller of poll, who is expected to
    /// close the consumer.
    func partitionsAssigned(_ partitions: [TopicPartition]) async throws

    /// Runs before the partitions are given up.
    ///
    /// `lost` means that they already belong to someone else: commit nothing for them. If it
    /// throws, they are given up all the same, and the error goes to the caller of poll.
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) async throws
}
