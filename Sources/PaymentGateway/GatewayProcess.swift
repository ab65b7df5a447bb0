import ArgumentParser
import Foundation

/// The process around the command: its exit code says what kind of end it was.
enum GatewayProcess {
    /// Parses the command line, runs the gateway, and exits with 0 if it was asked to stop, 2 on wrong usage, 1 if it could not run.
    static func main() async -> Never {
        do {
            let command = try PaymentGatewayCommand.parse()
            try await command.run()
            exit(0)
        } catch {
            let text = PaymentGatewayCommand.fullMessage(for: error)
            switch PaymentGatewayCommand.exitCode(for: error) {
            case .success:
                print(text)
                exit(0)
            case .validationFailure:
                complain(text)
                exit(2)
            default:
                complain(text)
                exit(1)
            }
        }
    }

    private static func complain(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
