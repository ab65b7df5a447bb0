import ArgumentParser
import Foundation

/// `ferry`: publish events, look at topics, replay them.
@main
struct Ferry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferry",
        abstract: "Publish, watch and replay events on Kafka.",
        discussion: "Data goes to standard output, everything else to standard error. "
            + "Exit codes: 0 done, 1 invalid input, 2 wrong usage, 3 the broker.",
        subcommands: [Produce.self, Consume.self, Replay.self, Topics.self, Contracts.self, Catalog.self, SchemaVerbs.self, RunBroker.self]
    )

    static func main() async {
        // A reader that has seen enough (`ferry consume … | head`) is no error: writing then fails, and says so.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Foundation.exit(0)
        } catch let failure as CommandFailure {
            Talk.error("ferry: \(failure.message)")
            Foundation.exit(failure.kind.rawValue)
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code == .success { print(text) } else if !text.isEmpty { Talk.error(text) }
            Foundation.exit(code == .validationFailure ? CommandFailure.Kind.usage.rawValue : code.rawValue)
        }
    }
}
