import ArgumentParser
import Ferry

@main
struct CartServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cart-service", abstract: "Keeps the carts of the shop.")

    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        try await worker.run(CartHandler(), performer: NoEffects())
    }

    static func main() async {
        await ServiceProcess.main(Self.self)
    }
}
