import ArgumentParser
import Foundation

/// The two programs, beside one another in the build folder.
struct Programs {
    private let c: URL
    private let swift: URL

    init() throws {
        let this = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        swift = this
        c = this.deletingLastPathComponent().appending(path: "c-reference")
        guard FileManager.default.isExecutableFile(atPath: c.path) else {
            throw ValidationError("there is no \(c.path): build the whole package")
        }
    }

    func run(_ job: Job, isSwift: Bool) throws -> Measurement {
        let output =
            if isSwift {
                try Self.output(of: swift, ["run"] + job.arguments + (job.copies ? ["--copies"] : []))
            } else {
                try Self.output(of: c, job.arguments)
            }
        guard let line = output.split(separator: "\n").last, let measurement = Measurement(line: line) else {
            throw ValidationError("\(isSwift ? "client-benchmark" : "c-reference") printed no measurement: \(output)")
        }
        return measurement
    }

    /// What the figures depend on.
    func circumstances() throws -> String {
        let env = URL(filePath: "/usr/bin/env")
        let compiler = try Self.output(of: env, ["swift", "--version"]).split(separator: "\n").first { $0.contains("Swift version") }
        let commit = try? Self.output(of: env, ["git", "rev-parse", "--short", "HEAD"]).split(separator: "\n").first
        let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
        let system = ProcessInfo.processInfo
        return """
            machine: \(cpu ?? "unknown"), \(system.activeProcessorCount) cores, \(system.operatingSystemVersionString)
            librdkafka: \(try Self.output(of: c, ["version"]).trimmingCharacters(in: .newlines))
            compiler: \(compiler ?? "unknown")
            commit: \(commit ?? "unknown")

            """
    }

    private static func output(of program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ValidationError("\(program.lastPathComponent) \(arguments.joined(separator: " ")) failed")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
