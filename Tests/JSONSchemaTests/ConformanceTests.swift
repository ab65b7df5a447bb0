import Foundation
import JSONSchema
import Testing

private let suiteFolder = ProcessInfo.processInfo.environment["FERRY_CONFORMANCE_SUITE"]

/// `scripts/conformance-suite.sh` fetches the suite; without `FERRY_CONFORMANCE_SUITE` these are skipped.
@Suite("Conformance to draft 2020-12", .enabled(if: suiteFolder != nil, "FERRY_CONFORMANCE_SUITE names no folder"))
struct ConformanceTests {
    private let suite = OfficialSuite(folder: URL(filePath: suiteFolder ?? "/", directoryHint: .isDirectory))

    /// Runs files, prints passed / total of each, and returns what failed.
    ///
    /// - Parameter minimum: how many tests there are at least: a suite that isn't whole passes nothing.
    private func run(_ title: String, _ files: [String], options: SchemaOptions, minimum: Int) throws -> [String] {
        var passed = 0
        var failures: [String] = []
        var lines = ["", title]
        for file in files {
            let tally = try suite.run(file, options: options)
            lines.append("\("\(tally.passed) / \(tally.total)".leftPadded(to: 11))  \(file)")
            passed += tally.passed
            failures += tally.failures
        }
        lines.append("\("\(passed) / \(passed + failures.count)".leftPadded(to: 11))  in all")
        print(lines.joined(separator: "\n"))
        #expect(passed + failures.count >= minimum)
        return failures
    }

    @Test("Every required test of the official suite passes")
    func required() throws {
        #expect(try run("Required", suite.files(in: ""), options: .specification, minimum: 1_257) == [])
    }

    @Test("The tests of every supported format pass where formats are asserted")
    func formats() throws {
        let names = [
            "date-time", "date", "time", "duration", "uuid", "uri", "uri-reference", "email", "ipv4", "ipv6", "regex",
            "ecmascript-regex", "json-pointer", "unknown",
        ]
        let options = SchemaOptions(unknownKeywords: .annotate, formats: .assert)
        #expect(try run("Optional, formats", names.map { "optional/format/\($0).json" }, options: options, minimum: 335) == [])
    }

    /// Other drafts are refused by name, and `dependencies` is a keyword of theirs: the suite calls that a failure.
    @Test("The optional tests pass, but for those of other drafts")
    func optional() throws {
        let files = try suite.files(in: "optional").filter { !["cross-draft.json", "dependencies-compatibility.json"].contains($0) }
            .map { "optional/\($0)" }
        #expect(try run("Optional", files, options: .specification, minimum: 121) == [])
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
