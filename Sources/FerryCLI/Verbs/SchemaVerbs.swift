import ArgumentParser

struct SchemaVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Check, release and compare schemas, and validate documents.",
        subcommands: [SchemaCheck.self, SchemaRelease.self, SchemaDiff.self, SchemaLintVerb.self, SchemaValidate.self])
}
