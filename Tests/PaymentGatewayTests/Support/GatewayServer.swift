import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The gateway as a process of its own, on a ledger that outlives it. Stopped and gone when the test ends, whatever happens.
final class GatewayServer {
    private let process: Process
    private let folder: URL
    let client: GatewayClient
    /// What it said on standard output by the time it was ready.
    let greeting: String

    /// Starts the gateway and waits until it tells its port.
    init(folder: URL, _ arguments: [String] = []) async throws {
        self.folder = folder
        let portFile = folder.appendingPathComponent("port")
        try? FileManager.default.removeItem(at: portFile)
        let log = folder.appendingPathComponent("output")
        try Data().write(to: log)
        process = try Self.start(
            ["--port-file", portFile.path, "--database", folder.appendingPathComponent("ledger.sqlite").path] + arguments,
            output: try FileHandle(forWritingTo: log))
        let deadline = ContinuousClock.now + .seconds(30)
        while try String(contentsOf: log, encoding: .utf8).isEmpty {
            guard process.isRunning, ContinuousClock.now < deadline else {
                process.terminate()
                throw GatewayDidNotStart(arguments: arguments)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        greeting = try String(contentsOf: log, encoding: .utf8)
        let port = try String(contentsOf: portFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        client = GatewayClient(address: try #require(URL(string: "http://127.0.0.1:\(port)")))
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Runs it to its end with arguments that it doesn't survive.
    static func exitStatus(_ arguments: [String]) throws -> Int32 {
        let process = try start(arguments, output: .nullDevice)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// - Returns: how the process ended, and after how long.
    func end(by signal: Int32) -> (Process.TerminationReason, Int32, Duration) {
        let start = ContinuousClock.now
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return (process.terminationReason, process.terminationStatus, .now - start)
    }

    private static func start(_ arguments: [String], output: FileHandle) throws -> Process {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
        let process = Process()
        process.executableURL = (tests ?? Bundle.main.bundleURL).appendingPathComponent("payment-gateway")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

/// Speaks to a gateway in another process.
struct GatewayClient: Sendable {
    let address: URL

    func post(_ path: String, key: String, _ body: String) async throws -> (status: Int, text: String) {
        var request = URLRequest(url: address.appendingPathComponent(path))
        request.httpMethod = "POST"
        request.setValue(key, forHTTPHeaderField: "Idempotency-Key")
        request.httpBody = Data(body.utf8)
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }
}

struct GatewayDidNotStart: Error {
    let arguments: [String]
}
