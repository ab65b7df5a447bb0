import ArgumentParser
import Foundation
import KafkaClient
import Logging

/// Runs both programs in turns on one broker, and prints medians and ratios.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run C and Swift in turns; print medians and ratios.",
        discussion: "The broker is FERRY_BROKERS=host:port. Every run has topics of its own, deleted when it is over."
    )

    @Option(help: "Runs of each program for each piece of work.")
    var runs = 5

    @Option(help: "Records of a pipelined run; the other work does a part of that.")
    var records = 300_000

    @Option(help: "Only the work whose title contains this.")
    var only: String?

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs is at least 1") }
        guard records >= 20_000 else { throw ValidationError("--records is at least 20000") }
    }

    func run() async throws {
        guard let brokers = ProcessInfo.processInfo.environment["FERRY_BROKERS"], !brokers.isEmpty else {
            throw ValidationError("FERRY_BROKERS is not set; `make bench-client` starts a broker")
        }
        let topics = try BenchmarkTopics(brokers: brokers)
        let programs = try Programs()
        Self.show(try programs.circumstances())
        Self.show(Comparison.head)
        for plan in plans where only.map(plan.title.contains) ?? true {
            Self.show(try await compare(plan, on: brokers, topics, programs).row)
        }
        await topics.close()
    }

    /// At once, wherever the output goes: a row takes a minute.
    private static func show(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// What is compared. Each run of `transactions` reads one batch more than it is timed for.
    private var plans: [(title: String, job: Job)] {
        let job = Job(work: .produce, brokers: "", topic: "", records: records)
        var withHeaders = job
        withHeaders.headers = 4
        var consume = job
        consume.work = .consume
        consume.records = records * 2
        var arrays = job
        arrays.copies = true
        var copied = consume
        copied.copies = true
        var awaited = job
        (awaited.work, awaited.records) = (.await, records / 30)
        func transactions(of batch: Int, _ count: Int) -> Job {
            var job = job
            (job.work, job.batch, job.records) = (.transactions, batch, batch * count)
            return job
        }
        return [
            ("produce", job),
            ("produce, 4 headers", withHeaders),
            ("produce from arrays", arrays),
            ("consume in batches", consume),
            ("consume copies", copied),
            ("send and await", awaited),
            ("transactions of 500", transactions(of: 500, records / 1_000)),
            ("transactions of 5000", transactions(of: 5_000, records / 10_000)),
        ]
    }

    private func compare(
        _ plan: (title: String, job: Job), on brokers: String, _ topics: BenchmarkTopics, _ programs: Programs
    ) async throws -> Comparison {
        var comparison = Comparison(title: plan.title)
        var job = plan.job
        job.brokers = brokers
        let input: String? =
            switch job.work {
            case .produce, .await: nil
            case .consume, .transactions: try await topics.makeFilled(with: job.records + job.batch)
            }
        for run in 0..<runs {
            // Who begins changes, so that neither always meets the machine as the other left it.
            let isSwift = run % 2 == 0 ? [false, true] : [true, false]
            for isSwift in isSwift {
                let fresh = job.work == .consume ? nil : try await topics.make()
                job.topic = input ?? fresh ?? ""
                job.output = job.work == .transactions ? fresh : nil
                let measurement = try programs.run(job, isSwift: isSwift)
                if isSwift { comparison.swift.append(measurement) } else { comparison.c.append(measurement) }
                if let fresh { try await topics.delete(fresh) }
            }
        }
        if let input { try await topics.delete(input) }
        return comparison
    }
}
