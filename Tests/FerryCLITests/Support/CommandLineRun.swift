import Foundation

/// A command line run to its end in a shell, with the built `ferry` on its path.
struct CommandLineRun {
    let output: String
    let errors: String
    let exitCode: Int32

    /// Where the programs were built: on Linux the folder of the tests' bundle, on macOS the one around it.
    static let programs: URL = {
        let bundle = Bundle(for: Anchor.self).bundleURL
        let beside = bundle.appendingPathComponent("ferry").path
        return FileManager.default.isExecutableFile(atPath: beside) ? bundle : bundle.deletingLastPathComponent()
    }()

    private final class Anchor {}

    static let projectFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static var brokers: String? { ProcessInfo.processInfo.environment["FERRY_BROKERS"] }

    /// Runs `line` in the project's folder.
    ///
    /// Output goes through files: a pipe that nobody empties would stop the program.
    static func run(
        _ line: String, input: String = "", environment: [String: String] = [:], folder: URL? = nil
    ) async throws -> CommandLineRun {
        let files = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: files) }
        let (standardInput, output, errors) = (
            files.appendingPathComponent("input"), files.appendingPathComponent("output"), files.appendingPathComponent("errors")
        )
        try Data(input.utf8).write(to: standardInput)
        for file in [output, errors] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "set -o pipefail; " + line]
        process.currentDirectoryURL = folder ?? projectFolder
        var variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        variables["PATH"] = programs.path + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
        process.environment = variables
        process.standardInput = try FileHandle(forReadingFrom: standardInput)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return CommandLineRun(
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8),
            exitCode: status
        )
    }
}
