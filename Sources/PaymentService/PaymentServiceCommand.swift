import ArgumentParser
import AsyncHTTPClient
import Ferry
import Foundation

@main
struct PaymentServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment-service", abstract: "Charges the orders of the shop at the payment gateway.")

    @OptionGroup var worker: WorkerOptions

    @Option(help: "Address of the payment gateway (PAYMENT_GATEWAY_URL).")
    var gateway: String = ProcessInfo.processInfo.environment["PAYMENT_GATEWAY_URL"] ?? "http://127.0.0.1:8080"

    func validate() throws {
        guard let url = URL(string: gateway), url.scheme == "http" || url.scheme == "https", url.host != nil else {
            throw ValidationError("--gateway \(gateway) is not an http address, such as http://127.0.0.1:8080")
        }
    }

    func run() async throws {
        var settings = HTTPClient.Configuration()
        // One for each effect that may be under way: with fewer, calls that the gateway answers slowly hold up all others.
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = WorkerConfiguration.defaultConcurrentEffects
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            try await worker.run(PaymentHandler(), performer: GatewayClient(address: gateway, http: http))
        } catch {
            try? await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    static func main() async {
        await ServiceProcess.main(Self.self)
    }
}
