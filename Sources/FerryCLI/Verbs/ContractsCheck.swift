import ArgumentParser
import EventContracts
import Foundation
import JSONSchema

struct ContractsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a version of a service may run beside the versions that are deployed.",
        discussion: """
            Everything that one of them may write must be readable by all that read it. Between two versions of one service that goes \
            for the state, pending effects, results and timers too, in both directions: their workers share a group while one \
            replaces the other, and a rollback must find a state that it can read. A refusal names the pair, the event and a \
            document that shows it. Exit code 0 for yes, 1 for no.

              ferry contracts check
              ferry contracts check --candidate Sources/OrderService/service.yaml --against topic
              ferry contracts check --candidate Sources/OrderService/service.yaml --history cart.events --history order.changelog
            """
    )

    @Option(help: "The service.yaml of the version to be deployed. Without it every manifest below --manifests is one.")
    var candidate: String?

    @Option(help: "Where the deployed versions are written down: files (below --manifests) or topic (as the workers announced).")
    var against = DeployedSet.files

    @Flag(help: "All workers of the older version stop before the first of the candidate starts; there is no rollback.")
    var replace = false

    @Option(help: "Read every record retained in this topic as the candidate would; repeatable.")
    var history: [String] = []

    @Option(help: "Print at most this many records of a topic that can't be read.")
    var limit = 10

    @Flag(help: "Print JSON lines: one a candidate, one a topic.")
    var json = false

    @OptionGroup var contracts: ContractOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
        let candidates = try candidateFiles().map { file throws(CommandFailure) in try snapshot(of: file) }
        var mayRun = true
        for (candidate, others) in try await comparisons(candidates) {
            let check: DeploymentCheck
            do {
                check = try DeploymentCheck(candidate, beside: others, rollout: replace ? .replace : .beside)
            } catch {
                throw CommandFailure.invalid("\(error)")
            }
            let report = DeploymentReport(candidate, beside: others, check)
            try print(report.text, report.json)
            mayRun = mayRun && check.faults.isEmpty
        }
        for topic in history {
            for candidate in try readers(of: topic, among: candidates) {
                let report = try await HistoryReport.read(candidate, topic: topic, limit: limit, broker: broker)
                try print(report.text, report.json)
                mayRun = mayRun && report.refused == 0
            }
        }
        guard mayRun else { throw ExitCode(CommandFailure.Kind.invalid.rawValue) }
    }

    /// Each candidate with what it is compared with; among files each pair once.
    private func comparisons(
        _ candidates: [ContractSnapshot]
    ) async throws -> [(candidate: ContractSnapshot, others: [ContractSnapshot])] {
        switch against {
        case .topic:
            var running: [ContractSnapshot] = []
            for announced in try await AnnouncementReader(broker: broker).read().map(\.contract) where !running.contains(announced) {
                running.append(announced)
            }
            return candidates.map { candidate in (candidate, running.filter { $0 != candidate }) }
        case .files:
            guard let candidate else {
                return candidates.indices.map { (candidates[$0], Array(candidates[($0 + 1)...])) }
            }
            let own = URL(fileURLWithPath: candidate).standardizedFileURL
            let others = try contracts.manifestFiles().filter { $0.standardizedFileURL != own }
                .map { file throws(CommandFailure) in try snapshot(of: file) }
            return candidates.map { ($0, others) }
        }
    }

    private func candidateFiles() throws(CommandFailure) -> [URL] {
        if let candidate { return [URL(fileURLWithPath: candidate)] }
        return try contracts.manifestFiles()
    }

    private func snapshot(of file: URL) throws(CommandFailure) -> ContractSnapshot {
        let manifest = try ContractOptions.manifest(at: file)
        let catalogue = try contracts.catalogue()
        do {
            return try ContractSnapshot(manifest: manifest, catalogue: catalogue)
        } catch {
            throw .invalid("\(file.path): \(error)")
        }
    }

    private func readers(of topic: String, among candidates: [ContractSnapshot]) throws(CommandFailure) -> [ContractSnapshot] {
        let readers = candidates.filter { ($0.manifest.inputTopics + [$0.manifest.changelogTopic]).contains(topic) }
        guard !readers.isEmpty else {
            let names = candidates.map(\.name).joined(separator: " or ")
            throw .usage("\(topic) is not read by \(names): --history is for a topic that a candidate reads, or its changelog")
        }
        return readers
    }

    private func print(_ text: String, _ json: JSONValue) throws {
        if self.json { try Output.line(json) } else { try Output.write(Array(text.utf8)) }
    }
}
