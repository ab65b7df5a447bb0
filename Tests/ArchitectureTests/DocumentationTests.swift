import Foundation
import Testing

/// What the documents show is what the project has: a block of Swift or YAML stands, line by line, in a file that is compiled, read or tested.
///
/// Indentation doesn't count, and a line that is only `…` stands for any lines.
@Suite("The documents show the code as it is")
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Block: Sendable, CustomTestStringConvertible {
        let document: String
        let line: Int
        let lines: [String]

        var testDescription: String { "\(document):\(line)" }
    }

    @Test("A block of code occurs in the project", arguments: try blocks())
    func block(_ block: Block) throws {
        let parts = block.lines.split(separator: "…").map(Array.init)
        let occurs = try Self.sources.get().contains { source in parts.allSatisfy { Self.contains($0, in: source) } }
        #expect(occurs, "\(block.document):\(block.line): no file of the project has this block")
    }

    @Test("A link within the project leads to a file that is there")
    func links() throws {
        var count = 0
        for document in try Self.documents() {
            let folder = Self.root.appendingPathComponent(document).deletingLastPathComponent()
            let text = try String(contentsOf: Self.root.appendingPathComponent(document), encoding: .utf8)
            for link in text.matches(of: #/\]\(([^)#:]+)(#[^)]*)?\)/#) {
                count += 1
                let file = folder.appendingPathComponent(String(link.1))
                #expect(FileManager.default.fileExists(atPath: file.path), "\(document): \(link.1)")
            }
        }
        #expect(count > 3)
    }

    private static func documents() throws -> [String] {
        let docs = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("docs").path)
        return ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    }

    static func blocks() throws -> [Block] {
        var blocks: [Block] = []
        for document in try documents() {
            let text = try String(contentsOf: root.appendingPathComponent(document), encoding: .utf8)
            var start: Int?
            var lines: [String] = []
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if line.hasPrefix("```") {
                    if let first = start { blocks.append(Block(document: document, line: first, lines: lines)) }
                    start = start == nil && ["```swift", "```yaml"].contains(line) ? index + 1 : nil
                    lines = []
                } else if start != nil {
                    lines.append(line.trimmingCharacters(in: .whitespaces))
                }
            }
        }
        return blocks
    }

    /// The lines of every file that a block may come from, without their indentation.
    private static let sources = Result {
        try ["Sources", "Tests", "Benchmarks"].flatMap { folder -> [[String]] in
            // Without what a build leaves there.
            let files = FileManager.default.enumerator(
                at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            return try (files?.compactMap { $0 as? URL } ?? []).filter { ["swift", "yaml"].contains($0.pathExtension) }.map { file in
                try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
                    .map { $0.trimmingCharacters(in: .whitespaces) }
            }
        }
    }

    private static func contains(_ part: [String], in lines: [String]) -> Bool {
        guard let first = part.first, lines.count >= part.count else { return false }
        return lines.indices.dropLast(part.count - 1).contains { lines[$0] == first && Array(lines[$0..<($0 + part.count)]) == part }
    }
}
