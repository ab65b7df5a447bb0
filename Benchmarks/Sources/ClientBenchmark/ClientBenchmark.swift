import ArgumentParser

@main
struct ClientBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client-benchmark",
        abstract: "KafkaClient against the same work in C on librdkafka, on one broker, in turns.",
        subcommands: [Compare.self, Run.self],
        defaultSubcommand: Compare.self
    )
}
