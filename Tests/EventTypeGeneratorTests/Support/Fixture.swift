import EventContracts
@testable import EventTypeGenerator
import Foundation

/// A folder of schemas for a test, removed with the value that holds it.
final class Fixture: Sendable {
    let folder: URL

    /// - Parameter schemas: the text of each by its event; what a document must have besides is added to it.
    init(_ schemas: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (event, text) in schemas {
            guard let reference = EventReference(event) else { continue }
            let file = folder.appendingPathComponent(reference.schemaPath)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let id = "{\n  \"$id\": \"https://schemas.example/\(reference.schemaPath)\","
            try Data((id + text.drop { $0 != "{" }.dropFirst()).utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The generated source; paths of the fixture in errors are cut down to what lies below it.
    func source(_ yaml: String) throws -> String {
        do {
            return try ContractSource(
                yaml: yaml, origin: "service.yaml", catalogue: SchemaCatalogue(folder: folder), module: "Service"
            ).text()
        } catch {
            throw Refusal(message: "\(error)".replacing(folder.path + "/", with: ""))
        }
    }

    struct Refusal: Error, Equatable {
        let message: String
    }

    /// A closed object with these properties.
    static func object(_ properties: String, required: String = "") -> String {
        "{\n  \"type\": \"object\",\n  \"properties\": {\n    \(properties)\n  },\n  \"required\": [\(required)],\n  \"additionalProperties\": false\n}"
    }

    static let yaml = """
        service: test
        version: 1.0.0
        namespace: example
        inputs:
          test.commands: [test/event@1.0]
        outputs: {}
        state: test/state@1.0
        """
}
