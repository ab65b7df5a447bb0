import Foundation
import Synchronization

/// A program run as a process of its own, its output in a file: the unit of failure in a system test.
///
/// Safe to use from any task. Whoever starts one stops it, see ``stop(deadline:)``.
public final class ChildProcess: Sendable {
    /// How a process ended.
    public enum Ending: Sendable, Hashable {
        case exit(Int32)
        case signal(Int32)
    }

    public let name: String
    public let log: URL
    public let pid: pid_t

    private let ending: EndingBox

    /// Starts `executable`; its standard output and error go to `log`, appended.
    ///
    /// - Parameter input: the file that is its standard input; `nil` gives it an empty one.
    public init(
        _ name: String, executable: URL, arguments: [String] = [], environment: [String: String] = [:], input: URL? = nil, log: URL
    ) throws {
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let ending = EndingBox()
        process.terminationHandler = { ended in
            ending.value.withLock {
                $0 = ended.terminationReason == .exit
                    ? .exit(ended.terminationStatus) : .signal(ended.terminationStatus)
            }
        }
        try process.run()
        self.name = name
        self.log = log
        self.ending = ending
        pid = process.processIdentifier
    }

    /// Shared with the termination handler, which exists before the process does.
    private final class EndingBox: Sendable {
        let value = Mutex<Ending?>(nil)
    }

    /// How it ended; `nil` while it runs.
    public var end: Ending? { ending.value.withLock { $0 } }

    public var isRunning: Bool { end == nil }

    /// Whether it was stopped by a signal (SIGSTOP) and waits to be continued. Only Linux tells.
    public var isStopped: Bool {
        // "pid (name) state …", where the name may hold anything.
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8), let name = text.lastIndex(of: ")")
        else { return false }
        return text[name...].dropFirst(2).first == "T"
    }

    /// The most resident memory it has had, in bytes; `nil` where the system doesn't tell (only Linux does, while it runs).
    public var peakMemory: Int? {
        guard
            let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return kilobytes * 1_024
    }

    /// Sends a signal; nothing happens if the process has ended.
    public func send(_ signal: Int32) {
        if isRunning { kill(pid, signal) }
    }

    /// Returns how it ended, or `nil` if it still runs at the deadline.
    public func waitForEnd(deadline: Duration) async throws -> Ending? {
        try await waitUntil(deadline) { self.end != nil }
        return end
    }

    /// SIGTERM, and SIGKILL at the deadline. Returns when the process has ended.
    @discardableResult
    public func stop(deadline: Duration = .seconds(20)) async -> Ending? {
        send(SIGTERM)
        // Stopping is what happens on the way out of a failure or a cancellation: it must not be cut short by either.
        return await Task.detached { [self] in
            if let end = try? await waitForEnd(deadline: deadline) { return end }
            send(SIGKILL)
            return try? await waitForEnd(deadline: .seconds(10))
        }.value
    }
}
