import ArgumentParser

struct Catalog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The catalogue of events, for people and for tools.", subcommands: [CatalogBuild.self])
}
