/// How a ``Consumer`` reads.
///
/// Offsets are never committed or stored by themselves (`enable.auto.commit` and
/// `enable.auto.offset.store` are off) and partitions are assigned by `range`, unless the
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
