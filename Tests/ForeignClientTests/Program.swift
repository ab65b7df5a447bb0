import FerryTesting
import Foundation

/// A program that is run to its end.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: the lines that it printed that are JSON objects, as a client's own chatter isn't.
    /// - Throws: ``Failure`` with what it said, if it ends with anything but 0 or not in time.
    static func run(_ executable: URL, _ arguments: [String], input: String = "") async throws -> [Data] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("foreign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputFile = folder.appendingPathComponent("input")
        try input.write(to: inputFile, atomically: false, encoding: .utf8)
        let log = folder.appendingPathComponent("output")
        let process = try ChildProcess(
            executable.lastPathComponent, executable: executable, arguments: arguments, input: inputFile, log: log)
        let end: ChildProcess.Ending?
        do {
            end = try await process.waitForEnd(deadline: .seconds(200))
        } catch {
            await process.stop()
            throw error
        }
        if end == nil { await process.stop() }
        let output = try String(contentsOf: log, encoding: .utf8)
        guard end == .exit(0) else {
            throw Failure(
                description: "\(arguments.joined(separator: " ")): \(end.map { "\($0)" } ?? "not done in time")\n\(output.suffix(2_000))")
        }
        return output.split(separator: "\n").filter { $0.hasPrefix("{") }.map { Data($0.utf8) }
    }

    /// The project's own Python, which is made on the first call if need be.
    static func python() async throws -> URL { try await environment.value }

    private static let environment = Task {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("python-env-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: log) }
        let script = Broker.root.appendingPathComponent("scripts/python-env.sh")
        let process = try ChildProcess("python-env", executable: script, log: log)
        let end = try await process.waitForEnd(deadline: .seconds(300))
        let said = try String(contentsOf: log, encoding: .utf8)
        guard end == .exit(0), let path = said.split(separator: "\n").last else {
            throw Failure(description: "scripts/python-env.sh: \(said)")
        }
        return URL(fileURLWithPath: String(path))
    }
}
