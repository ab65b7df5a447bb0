import ArgumentParser
import Foundation

/// Runs the whole shop on a broker and checks its books against the payment gateway's ledger.
@main
struct ShopDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop-demo",
        abstract: "Run the shop end to end and balance its books.",
        discussion: "Exits 0 if the books balance, 1 if they don't, 3 if the run could not be carried through."
    )

    @Option(help: "Brokers to run on; without it, a broker of its own.")
    var brokers: String?

    @Option(help: "Stands before every topic and group name.")
    var topicPrefix = ""

    @Option(help: "Partitions of each topic.")
    var partitions = 4

    @Option(help: "Folder for logs and the ledger; made afresh.")
    var folder: String

    @Option(help: "JSON file with the totals that must come out.")
    var expect: String?

    @Flag(help: "kill -9 each service once in mid-run, and the broker unless one was named, and start it again.")
    var chaos = false

    @Option(help: "Publish at this many records a second.")
    var rate: Int?

    @Option(help: "Seconds after which an unpaid order is cancelled.")
    var paymentTimeout = 900

    @Option(help: "Seconds that a phase of the run may take.")
    var deadline = 300

    @Option(help: "Folder of the schemas.")
    var schemas = "schemas"

    @Option(help: "Folder under which the services' manifests lie.")
    var manifests = "Sources"

    @Argument(help: "Files of commands as JSON lines, published in this order.")
    var journeys: [String]

    func run() async throws {
        let work = Task { try await runToTheEnd() }
        let signals = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { work.cancel() }
            source.resume()
            return source
        }
        defer { signals.forEach { $0.cancel() } }
        let balances: Bool
        do {
            balances = try await work.value
        } catch where work.isCancelled {
            print("interrupted: everything is stopped")
            throw ExitCode(130)
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("shop-demo: \(error)\n".utf8))
            throw ExitCode(3)
        }
        throw balances ? ExitCode.success : ExitCode(1)
    }

    private func runToTheEnd() async throws -> Bool {
        let folder = URL(fileURLWithPath: folder)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let run = DemoRun(
            settings: DemoRun.Settings(
                shop: Shop.Settings(
                    brokers: brokers, topicPrefix: topicPrefix, folder: folder,
                    orderPaymentTimeout: .seconds(paymentTimeout)),
                partitions: partitions,
                journeys: journeys,
                expectation: try expect.map(Expectation.read),
                chaos: chaos,
                publishRate: rate,
                deadline: .seconds(deadline),
                schemas: schemas,
                manifests: manifests
            ),
            executables: try Executables(folder: Bundle.main.bundleURL),
            tell: { line in try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8)) }
        )
        let result = try await run.run()
        print(Report(result: result))
        return result.verdict.balances
    }
}
