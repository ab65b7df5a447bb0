import ArgumentParser
import EventContracts
import KafkaClient

struct TopicsApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Create the topics that the services' manifests need.",
        discussion: "Topics that exist stay as they are; one that exists with another number of partitions is an error, "
            + "since the services would refuse to run on it."
    )

    @Option(help: "Partitions of each topic.")
    var partitions: Int = 4

    @Option(help: "Replicas of each partition.")
    var replication: Int = 1

    @Flag(help: "Only say what would be created.")
    var dryRun = false

    @OptionGroup var contracts: ContractOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        guard partitions > 0, replication > 0 else { throw ValidationError("--partitions and --replication are at least 1") }
    }

    func run() async throws {
        let plan = TopicPlan(try contracts.readManifests(), partitions: partitions, replication: replication)
        do {
            let admin = try AdminClient(broker.kafka, logger: broker.logger)
            do {
                try await apply(plan, admin)
            } catch {
                await admin.close()
                throw error
            }
            await admin.close()
        } catch let error as KafkaError {
            throw CommandFailure.broker(error, while: "creating topics")
        }
    }

    private func apply(_ plan: TopicPlan, _ admin: AdminClient) async throws {
        let existing = try await admin.metadata(topics: nil, timeout: broker.patience).topics
        let counts = Dictionary(existing.map { ($0.name, $0.partitions.count) }, uniquingKeysWith: { $1 })
        var missing: [NewTopic] = []
        for topic in plan.topics {
            let name = broker.physical(topic.name)
            switch counts[name] {
            case topic.partitions?: Talk.note("exists   \(name)", quiet: broker.quiet)
            case let count? where count > 0:
                throw CommandFailure.invalid(
                    "\(name) has \(count) partitions, not \(topic.partitions): all topics of a service need the same number; "
                        + "apply with --partitions \(count), or delete the topic")
            default:
                missing.append(
                    NewTopic(
                        name: name, partitions: Int32(topic.partitions), replication: Int16(topic.replication),
                        configuration: topic.configuration))
            }
        }
        guard !dryRun else {
            for topic in missing { Talk.note("missing  \(topic.name)", quiet: broker.quiet) }
            return
        }
        guard !missing.isEmpty else { return }
        let results = try await admin.createTopics(missing, timeout: broker.patience)
        for (name, error) in results.sorted(by: { $0.key < $1.key }) {
            if let error, error.code != .topicAlreadyExists { throw error }
            Talk.note("created  \(name)", quiet: broker.quiet)
        }
        try await waitForLeaders(missing.map(\.name), admin)
    }

    /// A topic can be written to when its partitions have leaders, which is a little after it was created.
    private func waitForLeaders(_ names: [String], _ admin: AdminClient) async throws {
        let deadline = ContinuousClock.now + broker.patience
        while true {
            let topics = try await admin.metadata(topics: names, timeout: broker.patience).topics
            let ready = topics.filter { !$0.partitions.isEmpty && $0.partitions.allSatisfy { $0.leader >= 0 } }
            if ready.count == names.count { return }
            guard .now < deadline else {
                let waiting = Set(names).subtracting(ready.map(\.name)).sorted().joined(separator: ", ")
                throw CommandFailure(kind: .broker, message: "ferry: created, but still without a leader: \(waiting)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
