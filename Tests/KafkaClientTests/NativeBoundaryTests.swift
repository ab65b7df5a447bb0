import Foundation
import Testing

@Suite("The boundary to C", .timeLimit(.minutes(5)))
struct NativeBoundaryTests {
    @Test("only the files in Native import librdkafka or bypass the checks of concurrency")
    func onlyNative() throws {
        let sources = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/KafkaClient")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }
            .filter { $0.pathExtension == "swift" && !$0.path.contains("/Native/") }
        #expect(files.count > 10)
        let offenders = try files.filter { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            return ["import CLibrdkafka", "@unchecked Sendable", "UnsafeMutablePointer", "Unmanaged"]
                .contains { text.contains($0) }
        }
        #expect(offenders.map(\.lastPathComponent) == [])
    }
}
