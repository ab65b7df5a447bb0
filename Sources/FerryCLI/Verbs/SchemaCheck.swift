import ArgumentParser
import EventContracts
import JSONSchema

struct SchemaCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check every version of every event against the earlier ones of its major.",
        discussion: """
            By the rules of the house (full-transitive) each version must read what any other of its major writes: a writer writes \
            nothing that its schema doesn't declare, a reader ignores what it doesn't know. A "no" comes with a document that the writer \
            may write and the reader refuses; what can't be decided counts as no. Removed names must not come back with another meaning, \
            and released files must be as they were. States are checked like events, so that a rollback can read what the newer version \
            wrote.

            --policy confluent-backward, confluent-full-transitive and the like give the verdict of Confluent's Schema Registry.

              ferry schema check
              ferry schema check order/placed --policy confluent-backward
            """
    )

    @Argument(help: "Events, like order/placed; without any, all.")
    var events: [String] = []

    @Option(help: "backward, forward, full, each with -transitive, each with confluent- before it.")
    var policy: CompatibilityPolicy = .house

    @OptionGroup var options: SchemaOptions

    func run() throws {
        let catalogue = try options.catalogue()
        let selected = try options.select(events, of: catalogue)
        // A version alone says nothing: it is checked with the others of its event.
        let events = catalogue.references.filter { version in
            selected.contains { ($0.context, $0.event) == (version.context, version.event) }
        }
        let (checks, problems) = try options.attempt { () throws(CatalogueError) in
            let checks = try catalogue.checks(of: events, by: policy)
            let reserved = policy.rules == .containment ? try catalogue.reservedNameViolations(of: events) : []
            return (checks, try SchemaLock(of: catalogue).violations(in: catalogue) + reserved)
        }
        let refused = checks.count { !$0.isAccepted }
        if options.json {
            try Output.line([
                "checks": .array(checks.map { $0.json(catalogue) }), "compatible": .bool(refused == 0 && problems.isEmpty),
                "policy": .string(policy.description), "problems": .array(problems.map(\.json)),
            ])
        } else {
            try Output.text(checks.map { $0.text(catalogue) }.joined() + problems.map { "\($0)\n" }.joined())
            try Output.text(
                "\(policy): \(events.count) versions, \(checks.count) checks, \(refused) refused, \(problems.count) other problems\n")
        }
        if refused > 0 || !problems.isEmpty { throw ExitCode(CommandFailure.Kind.invalid.rawValue) }
    }
}

extension CompatibilityPolicy: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public static var allValueStrings: [String] { all.map(\.description) }
    public var defaultValueDescription: String { description }
}
