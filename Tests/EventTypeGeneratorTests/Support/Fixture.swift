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

    /// The generated files by name; paths of the fixture in errors are cut down to what lies below it.
    ///
    /// - Parameter names: of the files for events; by default each is named for its event.
    func files(_ yaml: String, named names: [EventReference: String]? = nil) throws -> [String: String] {
        do {
            let source = try ContractSource(
                yaml: yaml, origin: "service.yaml", catalogue: SchemaCatalogue(folder: folder), module: "Service")
            let events = try ManifestReader.read(yaml: yaml, origin: "service.yaml").events
            return try source.files(named: names ?? Dictionary(uniqueKeysWithValues: events.map { ($0, "\($0)") }))
        } catch {
            throw Refusal(message: "\(error)".replacing(folder.path + "/", with: ""))
        }
    }

    /// All files after one another: first those that every service has. What each begins with is left out.
    func source(_ yaml: String) throws -> String {
        let files = try files(yaml)
        let fixed = ["Input", "Output", "Effect", "EffectResult", "Timer", "Contract"]
        return (fixed + files.keys.filter { !fixed.contains($0) }.sorted()).map { name in
            let head = "// Generated from service.yaml and schemas/. Do not edit.\nimport EventContracts\nimport JSONSchema\n\n"
            let text = files[name] ?? ""
            return text.hasPrefix(head) ? String(text.dropFirst(head.count)) : "\(name) begins with something else: \(text)"
        }.joined(separator: "\n")
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
