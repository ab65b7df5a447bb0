/// What librdkafka counts, at one moment. Everything is as of ``KafkaConfiguration/statisticsInterval``
/// ago at most.
///
/// See librdkafka's
/// [STATISTICS.md](https://github.com/confluentinc/librdkafka/blob/master/STATISTICS.md).
public struct Statistics: Sendable, Hashable {
    public struct Broker: Sendable, Hashable {
        public var name: String
        /// -1 for a bootstrap server that has not told its id.
        public var id: Int32
        /// Such as `UP`, `DOWN`, `CONNECT`.
        public var state: String
        /// Requests that wait to be sent, and for their answers.
        public var requestsQueued: Int
        public var requestsInFlight: Int
        /// Microseconds over the last interval.
        public var roundTripAverage: Int
        public var roundTrip99: Int
        public var disconnects: Int
        /// Requests sent again, and requests that were not answered in time.
        public var retries: Int
        public var timeouts: Int
    }

    public struct Partition: Sendable, Hashable {
        /// Records in the producer's queue.
        public var queued: Int
        /// Records that the consumer has fetched and not handed out.
        public var fetched: Int
        /// Between the end of what may be read and the last committed offset; `nil` while
        /// unknown, and of a partition that this client does not read.
        public var lag: Int64?
        public var committedOffset: Int64?
        /// The end of what may be read: the last stable offset with
        /// ``Isolation/readCommitted``.
        public var endOffset: Int64?
    }

    public struct Group: Sendable, Hashable {
        /// Of the connection with the coordinator, such as `up`.
        public var state: String
        /// Of the membership, such as `steady`, `wait-assign-call`.
        public var joinState: String
        public var rebalances: Int
        public var assignedPartitions: Int
    }

    /// librdkafka's name for the client, such as `ferry#producer-1`.
    public var client: String
    /// Microseconds of a monotonic clock.
    public var time: Int64
    /// Records and bytes in the producer's queue, and the most there may be.
    public var queuedRecords: Int
    public var queuedBytes: Int
    public var queueLimit: Int
    /// Since the client was made. The bytes are of keys, values and their framing.
    public var sentRecords: Int
    public var sentBytes: Int
    public var receivedRecords: Int
    public var receivedBytes: Int
    public var brokers: [Broker]
    public var partitions: [TopicPartition: Partition]
    /// Of a consumer with a group.
    public var group: Group?
}
