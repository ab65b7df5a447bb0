import EventContracts
import KafkaClient
import Logging
import ServiceLifecycle

/// Runs a service: reads its topics in its consumer group, applies the handler, and writes what comes of it, each
/// batch in one transaction.
///
/// Any number of workers of one service share the partitions among them. A failure that leaves it unknown what
/// happened ends the session; a new one begins from what is committed, with a new producer epoch, so nothing is
/// lost and nothing happens twice.
public struct Worker<Handler: EventHandler, Performer: EffectPerformer>: Service, Sendable
where Performer.Contract == Handler.Contract {
    private let handler: Handler
    private let performer: Performer
    private let configuration: WorkerConfiguration
    private let logger: Logger

    public init(_ handler: Handler, performer: Performer, configuration: WorkerConfiguration, logger: Logger) {
        self.handler = handler
        self.performer = performer
        self.configuration = configuration
        self.logger = logger
    }

    /// Returns after a graceful shutdown: the batch in hand is finished, the group left. Until then it stays, through
    /// broker failures shorter than the recovery timeout.
    ///
    /// - Throws: ``WorkerError`` when going on makes no sense.
    public func run() async throws {
        try configuration.validate()
        let announcement = try announcement()
        let clock = ContinuousClock()
        var giveUpAt = clock.now + configuration.recoveryTimeout
        var pause = Duration.milliseconds(200)
        while true {
            let session = try WorkerSession(
                handler, performer: performer, announcement: announcement, configuration: configuration, logger: logger)
            do {
                try await session.run()
                return
            } catch let error as KafkaError where !error.endsTheWorker {
                if await session.madeProgress {
                    giveUpAt = clock.now + configuration.recoveryTimeout
                    pause = .milliseconds(200)
                }
                guard clock.now < giveUpAt else { throw WorkerError.broker(error) }
                logger.warning(
                    "session ended, beginning a new one from what is committed",
                    metadata: ["error": "\(error)", "pause": "\(pause)"])
            } catch let error as KafkaError where error.code == .fenced {
                throw WorkerError.fenced(
                    "another worker runs as instance \(configuration.instance ?? "?"); give each its own name (\(error))")
            } catch let error as KafkaError {
                throw WorkerError.broker(error)
            }
            if Task.isShuttingDownGracefully { return }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(5))
        }
    }

    private func announcement() throws(WorkerError) -> ContractAnnouncement {
        do {
            return ContractAnnouncement(
                contract: try ContractSnapshot(of: Handler.Contract.self), instance: configuration.instance,
                startedAt: Timestamp(milliseconds: configuration.now()))
        } catch {
            throw .configuration("a schema that this service was built with is not JSON: \(error)")
        }
    }
}

extension KafkaError {
    /// No new session can mend it: another worker took over, or the broker refuses this one.
    fileprivate var endsTheWorker: Bool {
        switch code {
        case .fenced, .authentication, .authorization, .invalidConfiguration: true
        default: false
        }
    }
}
