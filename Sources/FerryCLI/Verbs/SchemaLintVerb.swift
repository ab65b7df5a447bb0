import ArgumentParser
import EventContracts

struct SchemaLintVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check schemas against the rules of the house.",
        discussion: """
            Objects are closed; everything has a type and a description, the whole a title; there is at least one example, and all of \
            them are valid; money is no floating-point number; no reference leads out of the file; a removed name doesn't come back with \
            another meaning.
            """
    )

    @Argument(help: "Events, like order/placed, or versions; without any, all.")
    var events: [String] = []

    @OptionGroup var options: SchemaOptions

    func run() throws {
        let catalogue = try options.catalogue()
        let references = try options.select(events, of: catalogue)
        let problems = try options.attempt { () throws(CatalogueError) in
            let lint = SchemaLint(catalogue)
            var problems: [CatalogueError] = []
            for reference in references { problems += try lint.violations(of: reference) }
            return problems + (try catalogue.reservedNameViolations(of: references))
        }
        try options.report(problems, or: "\(references.count) schemas follow the rules")
    }
}
