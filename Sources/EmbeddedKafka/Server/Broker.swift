import Logging
import NIOCore

/// The broker's whole state and its answer to every request. Confined to one event loop: no locks, no races.
final class Broker {
    let configuration: EmbeddedKafka.Configuration
    let loop: NIOIsolatedEventLoop
    let logger: Logger
    let timers: Timers
    let topics: TopicStore
    let offsets: OffsetStore
    let groups: GroupCoordinator
    let transactions: TransactionCoordinator
    let faults: FaultBoard
    let syncer: Syncer
    var waitingFetches: [ObjectIdentifier: WaitingFetch] = [:]
    /// Where clients are told to come.
    var address = EmbeddedKafka.Address(host: "127.0.0.1", port: 0)
    var isStopped = false
    /// A round of syncing is under way: on a disk that takes longer than the interval, the next one is left out.
    private var isSyncing = false

    static let nodeID: Int64 = 1
    static let clusterID = "ferry-embedded-kafka"
    static let internalLogs: Set<String> = [
        OffsetStore.logName, TransactionCoordinator.logName, TransactionCoordinator.producerLogName,
    ]

    init(_ configuration: EmbeddedKafka.Configuration, storage: Storage, faults: FaultBoard, loop eventLoop: any EventLoop) throws {
        let now = { faults.now() }
        self.configuration = configuration
        self.faults = faults
        loop = eventLoop.assumeIsolated()
        logger = configuration.logger
        timers = Timers(loop: loop, now: now)
        syncer = Syncer(eventLoop: eventLoop, logger: logger)
        topics = try TopicStore(storage, syncs: configuration.fsync != .never)
        let offsets = try OffsetStore(storage)
        let logger = configuration.logger
        self.offsets = offsets
        groups = GroupCoordinator(
            timers: timers, logger: logger,
            limits: .init(
                initialDelay: configuration.groupInitialDelayMilliseconds,
                sessionTimeouts: configuration.groupMinSessionTimeoutMilliseconds...1_800_000),
            saved: offsets.snapshots
        ) { group in
            do {
                try offsets.save(group.snapshot, now: now())
            } catch {
                logger.error("a group could not be recorded", metadata: ["group": "\(group.id)", "error": "\(error)"])
            }
        }
        transactions = try TransactionCoordinator(
            storage, topics: topics, offsets: offsets, timers: timers, logger: logger, now: now)
        transactions.onEnd = { [weak self] partition in self?.changed(partition) }
        transactions.whenSafe = { [weak self] then in self?.whenSafe(then) }
        scheduleMaintenance()
    }

    var now: Int64 { faults.now() }

    // MARK: Dispatch

    /// Answers a request, at once or later; `nil` for one that wants no answer.
    func handle(_ request: Request, reply: @escaping (WireValue?) -> Void) {
        guard request.api.changesState else { return answer(request, reply) }
        answer(request) { [weak self] value in
            self?.whenSafe { isSafe in reply(isSafe ? value : FaultAnswer.make(request, .kafkaStorageError)) }
        }
    }

    private func answer(_ request: Request, _ reply: @escaping (WireValue?) -> Void) {
        let body = request.body
        let version = request.header.version
        switch request.api.key {
        case 0: produce(body, reply)
        case 1: fetch(body, reply)
        case 2: reply(listOffsets(body))
        case 3: reply(metadata(body, version))
        case 8: reply(commitOffsets(body))
        case 9: reply(fetchOffsets(body, version))
        case 10: reply(coordinator(body))
        case 11: groups.join(body, version: version, clientID: request.header.clientID ?? "", host: request.remoteHost, reply: reply)
        case 12: reply(groups.heartbeat(body))
        case 13: reply(groups.leave(body, version: version))
        case 14: groups.sync(body, reply: reply)
        case 15: reply(describeGroups(body))
        case 16: reply(listGroups(body))
        case 18: reply(apiVersions())
        case 19: reply(createTopics(body))
        case 20: reply(deleteTopics(body, version))
        case 21: reply(deleteRecords(body))
        case 22: reply(initializeProducer(body, version))
        case 24: reply(addPartitions(body, version))
        case 25: reply(attempt { try transactions.add(group: body.groupId.text, body, version: version); return [:] })
        case 26: transactions.end(body, version: version) { reply(["errorCode": .init($0)]) }
        case 28: reply(commitTransactionalOffsets(body))
        case 32: reply(describeConfigs(body))
        case 33: reply(alterConfigs(body, isIncremental: false))
        case 37: reply(createPartitions(body))
        case 42: reply(deleteGroups(body))
        case 44: reply(alterConfigs(body, isIncremental: true))
        case 47: reply(deleteOffsets(body))
        case 60: reply(describeCluster())
        default: reply(["errorCode": .init(ErrorCode.unsupportedVersion)])
        }
    }

    func apiVersions(error: ErrorCode = .none) -> WireValue {
        // Whoever need not say who it is isn't offered to.
        let offered = API.all.filter { !configuration.users.isEmpty || !$0.name.hasPrefix("Sasl") }
        return [
            "errorCode": .init(error),
            "apiKeys": .list(offered.map {
                ["apiKey": .init($0.key), "minVersion": .init($0.versions.lowerBound), "maxVersion": .init($0.versions.upperBound)]
            }),
        ]
    }

    /// An answer, or an entry of one: what it is about in any case, and what came of it or the error.
    func attempt(_ subject: [String: WireValue] = [:], _ body: () throws -> [String: WireValue]) -> WireValue {
        do {
            return .structure(subject.merging(try body()) { $1 }.merging(["errorCode": 0]) { $1 })
        } catch {
            return .structure(subject.merging(["errorCode": .init(errorCode(error)), "errorMessage": .string(explain(error))]) { $1 })
        }
    }

    private func explain(_ error: any Error) -> String {
        switch error as? ErrorCode {
        case .invalidConfig: "a setting is not one of a topic's, or its value is not one of the setting's"
        case .invalidReplicationFactor: "this broker is alone: the replication factor is 1"
        default: "\(error)"
        }
    }

    /// The protocol's word for any failure; one that isn't the client's is logged.
    func errorCode(_ error: any Error) -> ErrorCode {
        switch error {
        case let code as ErrorCode: return code
        case let error as RecordBatchError:
            if case .tooLarge = error { return .messageTooLarge }
            if case .unsupportedMagic = error { return .unsupportedForMessageFormat }
            if case .missingKey = error { return .invalidRecord }
            return .corruptMessage
        default:
            if case .offsetOutOfRange? = error as? LogError { return .offsetOutOfRange }
            logger.error("storage failed", metadata: ["error": "\(error)"])
            return .kafkaStorageError
        }
    }

    // MARK: Safety and housekeeping

    /// Calls back when everything that was written so far is as safe as this broker promises to be.
    private func whenSafe(_ then: @escaping (_ isSafe: Bool) -> Void) {
        guard configuration.fsync == .always else { return then(true) }
        syncer.sync(allLogs) { [weak self] isSafe in
            // One that was taken down meanwhile must not write: its logs are another's now.
            then(isSafe && self?.isStopped == false)
        }
    }

    private func scheduleMaintenance() {
        loop.scheduleTask(in: .milliseconds(configuration.maintenanceIntervalMilliseconds)) { [weak self] in
            guard let self, !self.isStopped else { return }
            self.maintain()
            self.scheduleMaintenance()
        }
    }

    /// Retention and compaction, as the topics' settings ask for.
    func maintain() {
        do {
            for topic in topics.topics.values {
                for partition in topic.partitions {
                    if try partition.log.enforceRetention(now: now) > 0 { partition.forgetDeleted() }
                    try compact(partition.log, upTo: partition.lastStableOffset) { partition.forget(abortMarkers: $0.removedAbortMarkers) }
                    try partition.tidy(now: now)
                }
            }
            for log in [offsets.log] + transactions.logs { try compact(log, upTo: log.endOffset) { _ in } }
            try transactions.finishDecided()
            // What is sealed is synced in any case: it bounds what a start after a crash has to look through.
            guard !isSyncing else { return }
            isSyncing = true
            syncer.sync(allLogs, sealedOnly: configuration.fsync == .never) { [weak self] _ in self?.isSyncing = false }
        } catch {
            logger.error("housekeeping failed", metadata: ["error": "\(error)"])
        }
    }

    private func compact(_ log: PartitionLog, upTo offset: Int64, then: @escaping (PartitionLog.Compacted) -> Void) throws {
        guard log.store is DiskStore else { return then(try log.compact(now: now, upTo: offset)) }
        guard let plan = try log.planCompaction(now: now, upTo: offset) else { return }
        syncer.compact(log, plan, then: then)
    }

    private var allLogs: [PartitionLog] {
        topics.topics.values.flatMap { $0.partitions.map(\.log) } + [offsets.log] + transactions.logs
    }

    /// Gives up, in one of the ways that a broker may end. Nothing is answered any more.
    func stop(_ ending: EmbeddedKafka.Ending) {
        isStopped = true
        timers.cancelAll()
        waitingFetches = [:]
        do {
            switch ending {
            case .orderly:
                for topic in topics.topics.values {
                    for partition in topic.partitions { try partition.close() }
                }
                for log in [offsets.log] + transactions.logs { try log.close() }
            case .killed:
                for log in allLogs { log.abandon() }
            case .powerCut:
                for log in allLogs {
                    try log.truncateUnflushed()
                    log.abandon()
                }
            }
        } catch {
            logger.error("closing failed", metadata: ["error": "\(error)"])
        }
    }
}
