import ArgumentParser
import Foundation

/// The process around a command: its exit code says what kind of end it was.
///
/// 0 done or asked to stop, 1 invalid or incompatible, 2 wrong usage, 3 the broker.
public enum ServiceProcess {
    /// Parses the command line, runs the command and exits.
    public static func main<Command: AsyncParsableCommand>(_ type: Command.Type) async -> Never {
        do {
            var command = try type.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(0)
        } catch let error as WorkerError {
            complain("\(error)")
            exit(error.exitCode)
        } catch {
            exit(usageExit(for: error, of: type))
        }
    }

    private static func usageExit(for error: any Error, of type: any ParsableCommand.Type) -> Int32 {
        let isHelp = type.exitCode(for: error) == .success
        let text = type.fullMessage(for: error)
        if isHelp { print(text) } else { complain(text) }
        if isHelp { return 0 }
        return type.exitCode(for: error) == .validationFailure ? 2 : 1
    }

    private static func complain(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
