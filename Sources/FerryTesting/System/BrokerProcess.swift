import Foundation
import Synchronization

/// `ferry broker` as a process of its own on a folder of its own, which may be killed and started again.
///
/// Safe to use from any task. Whoever starts one stops it.
public final class BrokerProcess: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// `host:port`, the same for every process on this folder.
    public let address: String

    private let ferry: URL
    private let data: URL
    private let log: URL
    private let arguments: [String]
    private let current: Mutex<ChildProcess>

    /// The process of now.
    public var process: ChildProcess { current.withLock { $0 } }

    /// Returns when it is ready.
    ///
    /// - Parameter arguments: of `ferry broker`, beside the port and the folder.
    public init(ferry: URL, data: URL, log: URL, arguments: [String] = []) async throws {
        self.ferry = ferry
        self.data = data
        self.log = log
        self.arguments = arguments
        let started = try await Self.start(ferry, data: data, port: "0", log: log, arguments)
        current = Mutex(started.process)
        address = started.address
    }

    /// `kill -9`, then a new process on the same folder and port. Returns when that is ready.
    ///
    /// - Throws: ``Failure`` if the process did not die of the signal: then the fault never landed.
    public func crash() async throws {
        process.send(SIGKILL)
        let end = try await process.waitForEnd(deadline: .seconds(10))
        guard end == .signal(SIGKILL) else {
            throw Failure(description: "the broker was to die of SIGKILL, but ended with \(end.map { "\($0)" } ?? "nothing")")
        }
        let port = address.split(separator: ":").last.map(String.init) ?? ""
        let successor = try await Self.start(ferry, data: data, port: port, log: log, arguments).process
        current.withLock { $0 = successor }
    }

    public func stop() async {
        await process.stop()
    }

    private static func start(
        _ ferry: URL, data: URL, port: String, log: URL, _ arguments: [String]
    ) async throws -> (process: ChildProcess, address: String) {
        let before = (try? Data(contentsOf: log))?.count ?? 0
        let process = try ChildProcess(
            "broker", executable: ferry, arguments: ["broker", "--port", port, "--data", data.path] + arguments, log: log)
        var address: String?
        do {
            try await waitUntil(.seconds(60)) {
                let said = String(decoding: try Data(contentsOf: log).dropFirst(before), as: UTF8.self)
                address = said.split(separator: "\n").last { $0.hasPrefix("127.0.0.1:") }.map(String.init)
                return address != nil || !process.isRunning
            }
        } catch {
            await process.stop()
            throw error
        }
        guard let address else {
            await process.stop()
            throw Failure(description: "the broker was not ready within 60 seconds; see \(log.path)")
        }
        return (process, address)
    }
}
