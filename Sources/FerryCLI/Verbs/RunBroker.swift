import ArgumentParser
import Dispatch
import EmbeddedKafka
import Foundation
import Logging

struct RunBroker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Run a single-node broker for development and tests; production is Apache Kafka.",
        discussion: "Prints its address on standard output when it is ready, and runs until SIGTERM or SIGINT."
    )

    @Option(help: "Folder for the logs; without it they are kept in memory and go with the broker.")
    var data: String?

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 9092

    @Option(help: "Address that clients are told to come to, host:port: that of a proxy or a mapped port.", transform: RunBroker.address)
    var advertise: EmbeddedKafka.Address?

    @Option(help: "Partitions of topics that are created without saying how many.")
    var partitions = 1

    @Option(help: "What survives a power cut: always, interval or never. A killed broker loses nothing in any case.")
    var fsync = "interval"

    @Flag(help: "Allow an address that other machines can reach: there is neither encryption nor authentication.")
    var allowRemote = false

    @Flag(help: "Do not create topics that are merely named.")
    var noAutoCreate = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535") }
        guard partitions > 0 else { throw ValidationError("--partitions is at least 1") }
        guard EmbeddedKafka.Fsync(rawValue: fsync) != nil else { throw ValidationError("--fsync is always, interval or never") }
    }

    func run() async throws {
        var configuration = EmbeddedKafka.Configuration(
            directory: data, logger: Logger(label: "broker", factory: { StreamLogHandler.standardError(label: $0) }))
        configuration.host = host
        configuration.port = port
        configuration.advertised = advertise
        configuration.defaultPartitions = partitions
        configuration.fsync = EmbeddedKafka.Fsync(rawValue: fsync) ?? .interval
        configuration.allowsRemote = allowRemote
        configuration.createsTopics = !noAutoCreate
        let broker: EmbeddedKafka
        do {
            broker = try await EmbeddedKafka.start(configuration)
        } catch let error as EmbeddedKafka.StartError {
            throw CommandFailure(kind: .usage, message: "\(error) (--allow-remote)")
        } catch {
            throw CommandFailure(kind: .broker, message: "the broker could not be started: \(error)")
        }
        try Output.write(Array((broker.bootstrapServers + "\n").utf8))
        await Self.signal()
        try await broker.stop()
    }

    /// From `host:port`; an IPv6 address stands in brackets.
    private static func address(_ text: String) throws -> EmbeddedKafka.Address {
        guard let match = text.wholeMatch(of: /(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]\s]+)):([0-9]{1,5})/),
            let host = match.1 ?? match.2, let port = Int(match.3), (1...65_535).contains(port)
        else { throw ValidationError("--advertise is host:port, with a port from 1 to 65535") }
        return .init(host: String(host), port: port)
    }

    /// Returns when the process is asked to end.
    private static func signal() async {
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGTERM, SIGINT].map { number in
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in asked { break }
        sources.forEach { $0.cancel() }
    }
}
