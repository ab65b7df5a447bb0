import ArgumentParser
import Foundation
import Hummingbird
import Logging

@main
struct PaymentGatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment-gateway",
        abstract: "Stands in for the outside world: charges cards over HTTP and keeps a ledger of its own.",
        discussion: """
            These payment methods misbehave, any other one is authorized at once: card-declined, card-slow, card-silent, card-flaky, \
            card-lost-answer. Switches at run time: PUT /switches {"latencyMs": 200, "errorRate": 0.05, "outage": false}.
            Exits 0 when stopped by SIGTERM or SIGINT, 2 on wrong usage, 1 if it can't run.
            """
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: "File that gets the port as soon as the gateway listens.")
    var portFile: String?

    @Option(help: "SQLite file of the ledger; created if absent.")
    var database: String

    @Option(help: "Seed of the injected errors: the same seed, the same sequence.")
    var seed: UInt64 = 1

    @Option(help: "Seconds until card-slow answers.")
    var slowDelay = 4.0

    @Option(help: "Seconds until card-silent answers.")
    var silentDelay = 600.0

    @Option(name: .customLong("latency-ms"), help: "Switch: milliseconds that every call takes longer.")
    var latencyMs = 0

    @Option(help: "Switch: share of calls that fail, 0 to 1.")
    var errorRate = 0.0

    @Flag(help: "Switch: every call fails.")
    var outage = false

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.notice

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port \(port) is not between 0 and 65535") }
        for (name, delay) in [("--slow-delay", slowDelay), ("--silent-delay", silentDelay)]
        where !(0...86_400).contains(delay) {
            throw ValidationError("\(name) \(delay) is not between 0 and 86400 seconds")
        }
        do {
            try switches.validate()
        } catch {
            throw ValidationError("\(error.field): \(error.detail). \(error.remedy)")
        }
    }

    func run() async throws {
        var logger = Logger(label: "payment-gateway") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        let ledger = try openLedger()
        let desk = PaymentDesk(
            ledger: ledger,
            switchBoard: SwitchBoard(switches, seed: seed),
            delays: CardConduct.Delays(slow: .seconds(slowDelay), silent: .seconds(silentDelay))
        )
        let announcement = PortAnnouncement(host: host, portFile: portFile)
        let application = Application(
            router: GatewayRoutes(desk: desk).router(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "payment-gateway"),
            services: [announcement],
            onServerRunning: { announcement.listening(port: $0.localAddress?.port ?? 0) },
            logger: logger
        )
        try await application.runService()
        try ledger.close()
    }

    static func main() async {
        await GatewayProcess.main()
    }

    private func openLedger() throws -> Ledger {
        do {
            return try Ledger(path: database)
        } catch {
            throw LedgerUnusable(path: database, reason: "\(error)")
        }
    }

    private var switches: Switches { Switches(latencyMs: latencyMs, errorRate: errorRate, outage: outage) }
}

/// The file can't be opened as a ledger.
private struct LedgerUnusable: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "--database \(path) can't be used: \(reason)" }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
