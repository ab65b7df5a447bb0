/// What a worker is told.
struct RelayOptions: Codable, Hashable, Sendable {
    /// Where in the life of a batch a fault strikes.
    enum Point: String, Codable, CaseIterable, Sendable {
        case polled, produced, offsetsSent, committed
    }

    /// The worker's own hand is what strikes it, so that the point is met for sure.
    struct Fault: Codable, Hashable, Sendable {
        enum Signal: String, Codable, Sendable {
            case kill, stop
        }

        var signal: Signal
        var point: Point
        /// In the batch of this number after the fault before, or the first one that gets to the point then.
        var batch: Int
    }

    /// What is wrong with a worker on purpose: the proof has to notice.
    enum Defect: String, Codable, CaseIterable, Sendable {
        /// Offsets are committed by the consumer when the transaction has been.
        case offsetsAfterwards
        /// Offsets are committed by the consumer before the transaction begins.
        case offsetsBeforehand
    }

    /// The client id, and the transactional id of every incarnation of the worker.
    var name: String
    var brokers: String
    var source: String
    /// Has as many partitions as the source: partition i goes to partition i.
    var target: String
    var group: String
    /// One after the other; a worker that follows a killed one is told the rest.
    var faults: [Fault]
    var defect: Defect?

    /// The shortest that Kafka allows.
    static let sessionTimeout = Duration.seconds(6)
    static let maximumBatch = 50
}
