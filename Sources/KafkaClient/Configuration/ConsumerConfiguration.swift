/// How a ``Consumer`` reads.
///
/// Offsets are never committed or stored by themselves (`enable.auto.commit` and
/// `enable.auto.offset.store` are off) and what is typed here is set, unless the
/// properties of ``kafka`` say otherwise.
public struct ConsumerConfiguration: Sendable {
    public var kafka: KafkaConfiguration
    /// `nil` reads without a group: only ``Consumer/assign(_:)``, nothing committed.
    public var groupID: String?
    /// Makes the member static (KIP-345): closing and coming back within the session timeout
    /// moves no partitions. Two members with the same id fence one another.
    public var instanceID: String?
    public var isolation: Isolation
    /// Where a partition without a committed offset starts, and where one goes whose offset is
    /// no longer in the log. ``StartOffset/earliest`` and ``StartOffset/latest`` only.
    public var startWhenNoOffset: StartOffset
    /// Whether ``ConsumerBatch/endOfPartitions`` is filled.
    public var reportsEndOfPartition: Bool
    /// ``AssignmentStrategy/range`` at first. Several are offered in this order, which is how a
    /// group moves from one to another without a stop.
    public var strategies: [AssignmentStrategy] = [.range]
    /// How long the group waits for a sign of life before it gives the partitions to others.
    public var sessionTimeout: Duration?
    /// How long the caller may go without a poll before it is taken for stuck.
    public var maximumPollInterval: Duration?
    /// How long a broker may hold back its answer to a fetch that finds nothing new, 500 ms unless said otherwise. The end of a partition is
    /// noticed with such an answer: who reads a topic to its end wants a short one.
    public var maximumFetchWait: Duration?
    /// After this long the task of a ``RebalanceListener`` hook is cancelled and the hook
    /// counts as failed, once it has returned. `nil` is no limit but the poll interval.
    public var hookTimeout: Duration?

    public init(
        _ kafka: KafkaConfiguration,
        groupID: String?,
        instanceID: String? = nil,
        isolation: Isolation = .readCommitted,
        startWhenNoOffset: StartOffset = .earliest,
        reportsEndOfPartition: Bool = false
    ) {
        self.kafka = kafka
        self.groupID = groupID
        self.instanceID = instanceID
        self.isolation = isolation
        self.startWhenNoOffset = startWhenNoOffset
        self.reportsEndOfPartition = reportsEndOfPartition
    }
}
