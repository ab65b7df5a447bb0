import Foundation
import KafkaClient

/// How one worker of a service runs.
public struct WorkerConfiguration: Sendable {
    public var kafka: KafkaConfiguration

    /// Names this worker among those of its service, and must be unique among them. It becomes the static member id of
    /// the group and part of the transactional id, so a worker that returns under its name keeps its
    /// partitions and ends at once what its predecessor left open. `nil` takes a fresh name at each start.
    public var instance: String?

    /// Stands before every topic, group and transactional id, see ``ServiceTopics``.
    public var topicPrefix = ""

    /// The most records that one transaction holds.
    public var maximumBatch = 500

    /// How many effects, of different keys, are performed side by side.
    public var concurrentEffects = Self.defaultConcurrentEffects

    /// A performer needs as many connections.
    public static let defaultConcurrentEffects = 64

    /// How long effects may go on after a shutdown was asked for; then they are cancelled, and repeated at the next start.
    public var shutdownGrace: Duration = .seconds(5)

    /// How long one request of a transaction may take, retries included.
    public var transactionTimeout: Duration = .seconds(30)

    /// How long the worker tries to come back after its last success before it gives up and its process exits.
    public var recoveryTimeout: Duration = .seconds(120)

    /// Milliseconds since the epoch, for the records that the runtime itself writes: results and fired timers. A handler never sees it.
    public var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }

    public init(kafka: KafkaConfiguration, instance: String? = nil) {
        self.kafka = kafka
        self.instance = instance
    }

    /// - Throws: ``WorkerError/configuration(_:)`` for a setting under which the runtime's promises would not hold.
    func validate() throws(WorkerError) {
        let assignor = "partition.assignment.strategy"
        if let strategy = kafka.properties[assignor], strategy != "range" {
            throw .configuration(
                "\(assignor)=\(strategy): only range gives partition i of all topics to the same worker; leave it unset")
        }
        for owned in ["group.id", "group.instance.id", "transactional.id", "enable.auto.commit", "isolation.level"]
        where kafka.properties[owned] != nil {
            throw .configuration("\(owned) is set by the worker itself; name the instance or the topic prefix instead")
        }
    }
}
