import Foundation
import Testing

private let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

@Suite("House rules")
struct HouseRulesTests {
    @Test("Nothing stops the process from inside", arguments: ["fatalError(", "try!", "preconditionFailure("])
    func noTraps(word: String) throws {
        for (file, number, line) in try lines() where line.contains(word) {
            Issue.record("\(file):\(number): \(line)")
        }
    }

    @Test("Unchecked sendability and unsafe pointers stay in the files that say why")
    func unsafeCode() throws {
        for (file, number, line) in try lines() where line.contains("@unchecked Sendable") {
            let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
            #expect(
                text.contains("/// Unchecked") || text.contains("// Unchecked") || text.contains("@unchecked Sendable:"),
                "\(file):\(number) gives no reason for @unchecked Sendable")
        }
    }

    /// Every line of code, comments left out, with its place.
    private func lines() throws -> [(file: String, number: Int, line: String)] {
        guard let all = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil) else { return [] }
        var result: [(String, Int, String)] = []
        for case let url as URL in all where url.pathExtension == "swift" {
            let name = String(url.path.dropFirst(sources.path.count + 1))
            let text = try String(contentsOf: url, encoding: .utf8)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let trimmed = line.drop { $0 == " " }
                if !trimmed.hasPrefix("//") { result.append((name, index + 1, String(trimmed))) }
            }
        }
        return result
    }
}
