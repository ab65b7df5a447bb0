import Foundation
import KafkaClient
import Logging

/// The consume→produce loop of the proof of exactly-once: one worker of a group, killed and stopped by whoever wants to see it fail.
///
/// Takes its ``RelayOptions`` as JSON, its only argument. Runs until it is killed.
@main
enum ExactlyOnceWorker {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            throw KafkaError(.invalidConfiguration, "one argument, the options as JSON, not \(CommandLine.arguments.count - 1)")
        }
        let options = try JSONDecoder().decode(RelayOptions.self, from: Data(CommandLine.arguments[1].utf8))
        var logger = Logger(label: options.name, factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .notice
        var fuse = Fuse(options.faults)
        while true {
            do {
                try await RelaySession(options, logger: logger).run(&fuse)
            } catch {
                logger.notice("session ended, a new one begins", metadata: ["error": "\(error)"])
            }
        }
    }
}
