import FerryTesting
import Foundation
import KafkaClient
import Logging

/// One run of the shop from an empty broker to its books: topics, processes, journeys, progress, verdict.
struct DemoRun: Sendable {
    struct Settings: Sendable {
        var shop: Shop.Settings
        var partitions = 4
        /// Files of commands, published one after the other; the next one when the shop has worked off the last.
        var journeys: [String]
        var expectation: Expectation?
        /// Called before each of these files is published, with its place among them: to change what runs.
        var beforeEach: @Sendable (Int, Shop) async throws -> Void = { _, _ in }
        /// Crash each service once in mid-run, and the broker if it is the shop's own.
        var chaos = false
        /// Records a second; `nil` as fast as it goes.
        var publishRate: Int?
        var deadline: Duration
        var schemas: String
        var manifests: String
    }

    struct Result: Sendable {
        var books: Books
        var ledger: Ledger
        var verdict: Verdict
        var progress: Progress
        var processed: [Shop.Member: Int]
        var remaining: [Shop.Member: Int]
        var peakMemory: [String: Int]
        var brokerDataSize: Int?
        var wallTime: Duration
        var crashes: [String]
    }

    let settings: Settings
    let executables: Executables
    /// Takes one line at a time for the person who watches.
    let tell: @Sendable (String) -> Void

    /// Everything that it starts has stopped when it returns or throws; cancelling the task ends it early.
    func run() async throws -> Result {
        let shop = Shop(executables, settings.shop)
        do {
            try await shop.startBroker()
            let brokers = await shop.brokers
            let reader = try TopicReader(
                KafkaConfiguration(bootstrapServers: brokers, clientID: "shop-demo"),
                topicPrefix: settings.shop.topicPrefix,
                logger: Logger(label: "shop-demo") { _ in SwiftLogNoOpLogHandler() }
            )
            do {
                let result = try await run(shop, reader, brokers)
                await reader.close()
                return result
            } catch {
                await reader.close()
                throw error
            }
        } catch {
            await shop.stop()
            throw error
        }
    }

    private func run(_ shop: Shop, _ reader: TopicReader, _ brokers: String) async throws -> Result {
        tell("creating topics")
        try await ferry(["topics", "apply", "--partitions", "\(settings.partitions)"], as: "ferry-topics", brokers)
        tell("starting the payment gateway and three services")
        try await shop.start()
        guard let gateway = await shop.gatewayAddress else { throw DemoFailure("the payment gateway has no address") }

        let start = ContinuousClock.now
        var progress = Progress()
        var crashes: [String] = []
        for (index, file) in settings.journeys.enumerated() {
            try await settings.beforeEach(index, shop)
            tell("publishing \(file)")
            let arguments = ["produce", "--file", file] + (settings.publishRate.map { ["--rate", "\($0)"] } ?? [])
            let publisher = try launch(arguments, as: "ferry-produce-\(index + 1)", brokers)
            do {
                if settings.chaos, index == 0 {
                    crashes = try await crashEach(shop, reader, publishing: file, &progress, gateway)
                }
                try await watch(shop, reader, &progress, gateway) { publisher.end != nil }
            } catch {
                await publisher.stop()
                throw error
            }
            try check(publisher)
            try await settle(shop, reader, &progress, gateway, untilSettled: index == settings.journeys.count - 1)
        }

        let books = try await reader.books()
        let ledger = try await Ledger.read(from: gateway)
        var processed: [Shop.Member: Int] = [:]
        var remaining: [Shop.Member: Int] = [:]
        for member in Shop.Member.allCases {
            remaining[member] = try await reader.remaining(member)
            processed[member] = try await reader.total(member) - (remaining[member] ?? 0)
        }
        let brokerDataSize = await shop.brokerDataSize
        await shop.stop()
        return Result(
            books: books,
            ledger: ledger,
            verdict: Verdict(
                books, ledger, remaining: remaining.values.reduce(0, +), expectation: settings.expectation),
            progress: progress,
            processed: processed,
            remaining: remaining,
            peakMemory: await shop.peakMemory,
            brokerDataSize: brokerDataSize,
            wallTime: progress.lastChange - start,
            crashes: crashes
        )
    }

    // MARK: Watching

    private func sample(_ shop: Shop, _ reader: TopicReader, _ progress: inout Progress) async throws {
        try await shop.checkAlive()
        for member in Shop.Member.allCases {
            progress.note(member, records: try await reader.consumed(member))
        }
    }

    private func watch(
        _ shop: Shop, _ reader: TopicReader, _ progress: inout Progress, _ gateway: URL,
        until done: () async throws -> Bool
    ) async throws {
        let giveUpAt = ContinuousClock.now + settings.deadline
        while true {
            try await sample(shop, reader, &progress)
            if try await done() { return }
            if progress.isLineDue() {
                tell(progress.line(ledger: try? await Ledger.read(from: gateway)))
            }
            guard .now < giveUpAt else { throw DemoFailure("nothing came to an end within \(settings.deadline)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits until the services have nothing left to read, and, at the end, until every order has come to its own end.
    private func settle(
        _ shop: Shop, _ reader: TopicReader, _ progress: inout Progress, _ gateway: URL, untilSettled: Bool
    ) async throws {
        let giveUpAt = ContinuousClock.now + settings.deadline
        while ContinuousClock.now < giveUpAt {
            let quietSince = progress.lastChange
            try await watch(shop, reader, &progress, gateway) { ContinuousClock.now - quietSince > .milliseconds(500) }
            guard progress.lastChange == quietSince else { continue }
            var remaining = 0
            for member in Shop.Member.allCases { remaining += try await reader.remaining(member) }
            guard remaining == 0 else { continue }
            guard untilSettled else { return }
            if try await reader.books().isSettled { return }
        }
    }

    // MARK: Crashing

    /// Crashes each service once, and the broker if it is the shop's own, while the first file is being published and worked off.
    private func crashEach(
        _ shop: Shop, _ reader: TopicReader, publishing file: String, _ progress: inout Progress, _ gateway: URL
    ) async throws -> [String] {
        let lines = try String(contentsOfFile: file, encoding: .utf8).utf8.count { $0 == UInt8(ascii: "\n") }
        var crashes: [String] = []
        for (index, member) in Shop.Member.allCases.enumerated() {
            let share = 0.2 * Double(index + 1)
            try await watch(shop, reader, &progress, gateway) {
                try await Double(reader.consumed(.cart)) >= share * Double(lines)
            }
            let before = try await reader.consumed(member)
            try await shop.crash(member)
            let note = "kill -9 \(member.program) after \(before) of its records; started again"
            crashes.append(note)
            tell("  " + note)
        }
        guard await shop.ownsBroker else { return crashes }
        try await watch(shop, reader, &progress, gateway) {
            try await Double(reader.consumed(.cart)) >= 0.9 * Double(lines)
        }
        try await shop.crashBroker()
        crashes.append("kill -9 of the broker; started again on its data")
        tell("  " + crashes[crashes.count - 1])
        return crashes
    }

    // MARK: The command line

    private func launch(_ arguments: [String], as name: String, _ brokers: String) throws -> ChildProcess {
        try ChildProcess(
            name,
            executable: executables.url("ferry"),
            arguments: arguments,
            environment: [
                "FERRY_BROKERS": brokers,
                "FERRY_TOPIC_PREFIX": settings.shop.topicPrefix,
                "FERRY_SCHEMAS": settings.schemas,
                "FERRY_MANIFESTS": settings.manifests,
            ],
            log: settings.shop.folder.appendingPathComponent("\(name).log")
        )
    }

    private func ferry(_ arguments: [String], as name: String, _ brokers: String) async throws {
        let process = try launch(arguments, as: name, brokers)
        do {
            _ = try await process.waitForEnd(deadline: settings.deadline)
        } catch {
            await process.stop()
            throw error
        }
        if process.isRunning { await process.stop() }
        try check(process)
    }

    private func check(_ process: ChildProcess) throws {
        guard process.end != .exit(0) else { return }
        let text = (try? String(contentsOf: process.log, encoding: .utf8)) ?? ""
        throw DemoFailure("\(process.name) failed (\(process.end.map { "\($0)" } ?? "still running")):\n\(text.suffix(2_000))")
    }
}
