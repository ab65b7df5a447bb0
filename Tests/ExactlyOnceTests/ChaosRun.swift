import FerryTesting
import Foundation
import KafkaClient
import Logging

@testable import ExactlyOnceWorker

/// One run of the loop under a plan: topics, broker, workers, input, faults, and what came out.
struct ChaosRun {
    struct Outcome: CustomStringConvertible {
        var missing: Int
        var tally: Tally
        var landed: [String]
        var duration: Duration

        var isExact: Bool { missing == 0 && tally.twice == 0 && tally.outOfOrder == 0 && tally.foreign == 0 }

        var description: String {
            let counts =
                "\(tally.records) out, \(missing) missing, \(tally.twice) twice, \(tally.outOfOrder) out of order, "
                + "\(tally.foreign) foreign"
            return ([counts + " in \(duration)"] + landed).joined(separator: "\n  ")
        }
    }

    let plan: ChaosPlan
    let programs: Programs
    /// A broker that isn't ours to kill; `nil` starts one that is.
    let brokers: String?

    private static let partitions: Int32 = 6
    private static let timeout = Duration.seconds(10)
    private static let deadline = Duration.seconds(900)

    func run() async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("exactly-once-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let brokers { return try await run(folder, broker: nil, brokers: brokers) }
        let broker = try await BrokerProcess(
            ferry: programs.url("ferry"), data: folder.appendingPathComponent("data"), log: folder.appendingPathComponent("broker.log"))
        do {
            let outcome = try await run(folder, broker: broker, brokers: broker.address)
            await broker.stop()
            return outcome
        } catch {
            await broker.stop()
            throw error
        }
    }

    private func run(_ folder: URL, broker: BrokerProcess?, brokers: String) async throws -> Outcome {
        let start = ContinuousClock.now
        let names = RunNames()
        let kafka = KafkaConfiguration(
            bootstrapServers: brokers, clientID: "exactly-once-tests", properties: ["reconnect.backoff.max.ms": "500"])
        let group = try WatchedGroup(kafka, names: names, partitions: Self.partitions, timeout: Self.timeout)
        try await group.createTopics()
        let slots = plan.faults.enumerated().map { index, faults in
            WorkerSlot(
                executable: programs.url("ExactlyOnceWorker"),
                options: RelayOptions(
                    name: "\(names.group)-\(index)", brokers: brokers, source: names.source, target: names.target, group: names.group,
                    faults: faults, defect: plan.defect),
                folder: folder)
        }
        let workedOff = WorkedOff()
        var landed: [String] = []
        do {
            landed = try await drive(slots, group, broker, Feeder(kafka, topic: names.source, logger: .quiet), workedOff)
        } catch {
            for slot in slots { await slot.end() }
            await group.close()
            throw error
        }
        for slot in slots { await slot.end() }
        await group.close()
        let tally = try await Reading(kafka, topic: names.target, partitions: Self.partitions)
            .tally(settling: slots.indices.map { "\(names.group)-\($0)" })
        return Outcome(missing: tally.missing(of: workedOff.total), tally: tally, landed: landed, duration: .now - start)
    }

    /// Returns when all input is worked off and every fault has landed; with what has landed.
    private func drive(
        _ slots: [WorkerSlot], _ group: WatchedGroup, _ broker: BrokerProcess?, _ feeder: Feeder, _ workedOff: WorkedOff
    ) async throws -> [String] {
        for slot in slots { try await slot.start() }
        return try await withThrowingTaskGroup(of: [String]?.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask {
                workedOff.total = try await feeder.feed(plan.records, until: { await Self.pending(slots) == 0 }) { workedOff.count }
                return nil
            }
            for slot in slots {
                tasks.addTask {
                    try await slot.supervise { await group.hasMember($0) }
                    return nil
                }
            }
            tasks.addTask {
                try await watch(slots, group, broker, workedOff)
            }
            for try await landed in tasks {
                if let landed { return landed }
            }
            throw ChaosFailure("nobody watched")
        }
    }

    private func watch(
        _ slots: [WorkerSlot], _ group: WatchedGroup, _ broker: BrokerProcess?, _ workedOff: WorkedOff
    ) async throws -> [String] {
        let giveUpAt = ContinuousClock.now + Self.deadline
        var kills = plan.brokerKills[...]
        var landed: [String] = []
        while ContinuousClock.now < giveUpAt {
            try await Task.sleep(for: .milliseconds(50))
            let committed = await group.committed() ?? 0
            workedOff.count = committed
            if let kill = kills.first, committed >= kill, let broker {
                kills.removeFirst()
                try await broker.crash()
                landed.append("the broker died of SIGKILL after \(committed) records, and started again")
            }
            // The feeder ends when every worker's fault has landed.
            guard committed >= workedOff.total, kills.isEmpty || broker == nil else { continue }
            for slot in slots { landed += await slot.landed }
            return landed
        }
        throw ChaosFailure("not done within \(Self.deadline): \(await Self.pending(slots)) faults have not landed")
    }

    private static func pending(_ slots: [WorkerSlot]) async -> Int {
        var pending = 0
        for slot in slots { pending += await slot.pending }
        return pending
    }
}
