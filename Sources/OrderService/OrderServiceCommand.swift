import ArgumentParser
import Ferry
import Foundation

@main
struct OrderServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order-service", abstract: "Keeps the orders of the shop.")

    @OptionGroup var worker: WorkerOptions

    @Option(help: "Seconds after which an unpaid order is cancelled (ORDER_PAYMENT_TIMEOUT).")
    var paymentTimeout: Int = ProcessInfo.processInfo.environment["ORDER_PAYMENT_TIMEOUT"].flatMap(Int.init) ?? 900

    func validate() throws {
        guard paymentTimeout > 0 else { throw ValidationError("--payment-timeout must be at least 1 second") }
    }

    func run() async throws {
        try await worker.run(OrderHandler(paymentTimeout: .seconds(paymentTimeout)), performer: NoEffects())
    }

    static func main() async {
        await ServiceProcess.main(Self.self)
    }
}
