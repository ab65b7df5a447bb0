/// What people set of a producer. `nil` leaves librdkafka's default.
public struct ProducerOptions: Sendable, Hashable {
    public var partitioner: Partitioner
    public var compression: Compression
    /// How long a batch waits to be filled. Zero is best for sends that are awaited one by one.
    public var linger: Duration?
    /// After how long an undelivered record fails. In transactions librdkafka caps it by
    /// `transaction.timeout.ms`.
    public var deliveryTimeout: Duration?
    /// How many records the local queue holds before senders wait.
    public var queueLimit: Int?
    /// Once per record and in order per partition, across retries; needs `acks=all`.
    public var isIdempotent: Bool

    public init(
        partitioner: Partitioner = .murmur2Random,
        compression: Compression = .none,
        linger: Duration? = nil,
        deliveryTimeout: Duration? = nil,
        queueLimit: Int? = nil,
        isIdempotent: Bool = true
    ) {
        self.partitioner = partitioner
        self.compression = compression
        self.linger = linger
        self.deliveryTimeout = deliveryTimeout
        self.queueLimit = queueLimit
        self.isIdempotent = isIdempotent
    }

    var properties: [(String, String)] {
        var properties = [
            ("enable.idempotence", isIdempotent ? "true" : "false"),
            ("acks", "all"),
            // librdkafka's own default places keys by CRC32, where no other client looks.
            ("partitioner", partitioner.rawValue),
            ("compression.codec", compression.rawValue),
        ]
        if let linger { properties.append(("linger.ms", "\(linger.kafkaMilliseconds)")) }
        if let deliveryTimeout {
            properties.append(("message.timeout.ms", "\(max(1, deliveryTimeout.kafkaMilliseconds))"))
        }
        if let queueLimit { properties.append(("queue.buffering.max.messages", "\(queueLimit)")) }
        return properties
    }
}
