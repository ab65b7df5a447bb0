import ArgumentParser

struct Topics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create and list topics.", subcommands: [TopicsApply.self, TopicsList.self])
}
