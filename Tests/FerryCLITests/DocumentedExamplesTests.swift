import Foundation
import Testing

/// The examples of docs/cli.md, run in their order on topics of their own.
///
/// A block marked `console` has command lines behind `$ `, then what they print; `…` stands for any text, `[exit N]` for an exit code
/// other than 0.
@Suite("The command line does what its documentation shows", .enabled(if: CommandLineRun.brokers != nil, "needs FERRY_BROKERS: run `make test`"))
struct DocumentedExamplesTests {
    struct Example {
        let line: Int
        let command: String
        var expected: [String] = []
        var exitCode: Int32 = 0
    }

    @Test("Every example of docs/cli.md prints what stands below it", .timeLimit(.minutes(10)))
    func examples() async throws {
        let text = try String(contentsOf: CommandLineRun.projectFolder.appendingPathComponent("docs/cli.md"), encoding: .utf8)
        let examples = Self.read(text)
        #expect(examples.count > 10)
        let prefix = "cli-\(UUID().uuidString.prefix(8).lowercased())."
        defer {
            for file in ["/tmp/\(prefix).jsonl", "/tmp/\(prefix).catalog"] { try? FileManager.default.removeItem(atPath: file) }
        }
        for example in examples {
            let run = try await CommandLineRun.run(example.command, environment: ["FERRY_TOPIC_PREFIX": prefix])
            let printed = (run.output + run.errors).split(separator: "\n").map(String.init)
            let matches = printed.count == example.expected.count
                && zip(printed, example.expected).allSatisfy { Self.matches($0, $1) }
            #expect(matches, "docs/cli.md:\(example.line): \(example.command)\nprinted:\n\(printed.joined(separator: "\n"))")
            #expect(run.exitCode == example.exitCode, "docs/cli.md:\(example.line): \(example.command)\n\(run.errors)")
        }
    }

    private static func read(_ text: String) -> [Example] {
        var examples: [Example] = []
        var isExample = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
            if line.hasPrefix("```") {
                isExample = line == "```console"
            } else if isExample, line.hasPrefix("$ ") {
                examples.append(Example(line: index + 1, command: String(line.dropFirst(2))))
            } else if isExample, !examples.isEmpty {
                let last = examples.count - 1
                if line.hasPrefix("[exit "), let code = Int32(line.dropFirst(6).dropLast()) {
                    examples[last].exitCode = code
                } else {
                    examples[last].expected.append(line)
                }
            }
        }
        return examples
    }

    /// Whether the parts around each `…` occur in this order, the first at the beginning and the last at the end.
    static func matches(_ printed: String, _ expected: String) -> Bool {
        let parts = expected.components(separatedBy: "…")
        guard parts.count > 1 else { return printed == expected }
        guard printed.hasPrefix(parts[0]) else { return false }
        var rest = printed.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }
}
