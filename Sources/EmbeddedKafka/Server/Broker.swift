import Foundation
import Logging
import NIOCore

/// The broker's whole state and its answer to every request. Confined to one event loop: no locks, no races.
final class Broker {
    struct Address {
        var host: String
        var port: Int
    }

    let configuration: EmbeddedKafka.Configuration
    let loop: NIOIsolatedEventLoop
    let logger: Logger
    let topics: TopicStore
    let offsets: OffsetStore
    let groups: GroupCoordinator
    let transactions: TransactionCoordinator
    var waitingFetches: [ObjectIdentifier: WaitingFetch] = [:]
    let faults: FaultBoard
    var address = Address(host: "127.0.0.1", port: 0)
    let syncer: Syncer
    private var maintenance: Scheduled<Void>?

    static let nodeID: Int64 = 1
    static let clusterID = "ferry-embedded-kafka"

    init(_ configuration: EmbeddedKafka.Configuration, faults: FaultBoard, loop eventLoop: any EventLoop) throws {
        let loop = eventLoop.assumeIsolated()
        self.configuration = configuration
        self.faults = faults
        self.loop = loop
        logger = configuration.logger
        syncer = Syncer(loop: loop, eventLoop: eventLoop, logger: configuration.logger)
        let folder = configuration.directory
        topics = try TopicStore(folder: folder, logger: logger)
        offsets = try OffsetStore(at: folder.map { $0 + "/__consumer_offsets-0" }, logger: logger)
        groups = GroupCoordinator(loop: loop, logger: logger, initialDelay: .milliseconds(configuration.groupInitialDelayMilliseconds))
        transactions = try TransactionCoordinator(
            folder: folder, loop: loop, topics: topics, offsets: offsets, logger: logger, now: { faults.now() })
        transactions.onEnd = { [weak self] partition in self?.changed(partition) }
        scheduleMaintenance()
    }

    var now: Int64 { faults.now() }

    // MARK: Dispatch

    /// Answers a request, at once or later; `nil` for one that wants no answer.
    func handle(_ request: Request, reply: @escaping (WireValue?) -> Void) {
        let body = request.body
        let version = request.header.version
        switch request.api.key {
        case 0: produce(body, version, reply)
        case 1: fetch(request, reply)
        case 2: reply(listOffsets(body))
        case 3: reply(metadata(body, version))
        case 8: reply(commitOffsets(body))
        case 9: reply(fetchOffsets(body))
        case 10: reply(coordinator())
        case 11:
            groups.join(
                body, version: version, clientID: request.header.clientID ?? "", host: request.remoteHost, reply: reply)
        case 12: reply(groups.heartbeat(body))
        case 13: reply(groups.leave(body, version: version))
        case 14: groups.sync(body, reply: reply)
        case 15: reply(describeGroups(body))
        case 16: reply(listGroups(body))
        case 18: reply(apiVersions())
        case 19: reply(createTopics(body))
        case 20: reply(deleteTopics(body))
        case 21: reply(deleteRecords(body))
        case 22: reply(initializeProducer(body, version))
        case 24: reply(addPartitions(body, version))
        case 25: reply(code { () throws(ErrorCode) in try transactions.add(group: body.groupId.text, body, version: version) })
        case 26: reply(code { () throws(ErrorCode) in try transactions.end(body, version: version) })
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
        [
            "errorCode": .init(error),
            "apiKeys": .list(API.all.map {
                ["apiKey": .init($0.key), "minVersion": .init($0.versions.lowerBound), "maxVersion": .init($0.versions.upperBound)]
            }),
        ]
    }

    /// What a step throws, as the answer's error code.
    func code(_ body: () throws(ErrorCode) -> Void) -> WireValue {
        do {
            try body()
            return ["errorCode": 0]
        } catch {
            return ["errorCode": .init(error)]
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

    // MARK: Housekeeping

    private func scheduleMaintenance() {
        let interval = TimeAmount.milliseconds(configuration.maintenanceIntervalMilliseconds)
        maintenance = loop.scheduleTask(in: interval) { [weak self] in
            self?.maintain()
            self?.scheduleMaintenance()
        }
    }

    /// Retention and compaction, as the topics' settings ask for.
    func maintain() {
        do {
            for topic in topics.topics.values {
                let settings = topic.settings.log
                for partition in topic.partitions {
                    if settings.deletes, try partition.log.enforceRetention(now: now).segments > 0 { partition.forgetDeleted() }
                    if settings.compacts {
                        let compacted = try partition.log.compact(now: now, upTo: partition.lastStableOffset)
                        partition.forget(abortMarkers: compacted.removedAbortMarkers)
                    }
                }
            }
            try offsets.maintain(now: now)
            try transactions.maintain(now: now)
            // What is sealed is synced in any case: it bounds what a start after a crash has to look through.
            syncer.sync(allLogs, sealedOnly: configuration.fsync == .never) { _ in }
        } catch {
            logger.error("housekeeping failed", metadata: ["error": "\(error)"])
        }
    }

    var allLogs: [PartitionLog] {
        topics.topics.values.flatMap { $0.partitions.map(\.log) } + offsets.logs + transactions.logs
    }

    func stop() {
        maintenance?.cancel()
        groups.stop()
        for waiting in waitingFetches.values { waiting.finish() }
        do {
            for topic in topics.topics.values {
                for partition in topic.partitions { try partition.log.close() }
            }
            try offsets.close()
            try transactions.close()
        } catch {
            logger.error("closing failed", metadata: ["error": "\(error)"])
        }
    }
}

/// One request, read.
struct Request {
    let header: RequestHeader
    let api: API
    let body: WireValue
    let remoteHost: String
}
