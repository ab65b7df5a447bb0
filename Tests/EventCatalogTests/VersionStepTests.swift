import EventContracts
import Foundation
import JSONSchema
import Testing

@testable import EventCatalog

/// An event in three versions: one that its readers don't notice, and one that breaks them.
@Suite("An event in several versions")
struct VersionStepTests {
    private let event: CatalogEvent
    private let html: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ path: String, _ schema: String) throws {
            let file = folder.appendingPathComponent(path + ".json")
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(#"{"$id": "https://x.example/\#(path).json", "type": "object", "additionalProperties": false, \#(schema)}"#.utf8).write(to: file)
            try Data("[]".utf8).write(to: folder.appendingPathComponent(path + ".examples.json"))
        }
        let id = #""id": {"type": "string"}"#
        try write("a/b/1.0", #""required": ["id"], "properties": {\#(id)}"#)
        try write("a/b/1.1", #""required": ["id"], "properties": {\#(id), "note": {"type": "string"}}"#)
        try write("a/b/2.0", #""required": ["id", "note"], "properties": {\#(id), "note": {"type": "string"}}"#)
        try write("a/state/1.0", #""properties": {}"#)
        let manifest = try ManifestReader.read(
            yaml: "service: a\nversion: 1.0.0\nnamespace: n\ninputs: {c.commands: [a/b@2.0]}\noutputs: {a.events: [a/b@1.1]}\nstate: a/state@1.0",
            origin: "service.yaml")
        let catalog = try EventCatalog(schemas: SchemaCatalogue(folder: folder), manifests: [manifest])
        event = try #require(catalog.events.first)
        html = try CatalogSite(catalog, title: "Versions").html()
    }

    @Test("Each version has its own writers and readers, and a field the version that it came with")
    func versions() {
        #expect(event.versions.map { "\($0.reference.version): \($0.producers) \($0.consumers)" } == [
            #"1.0: [] []"#, #"1.1: ["a"] []"#, #"2.0: [] ["a"]"#,
        ])
        #expect(event.versions[2].fields.map { "\($0.path) since \($0.since)" } == ["id since 1.0", "note since 1.1"])
    }

    @Test("A step says whether old and new understand each other, with a document that shows it if not")
    func steps() throws {
        #expect(event.versions[0].step == nil)
        let minor = try #require(event.versions[1].step)
        #expect(minor.backward.isAccepted && minor.forward.isAccepted)
        let major = try #require(event.versions[2].step)
        #expect(major.forward.isAccepted)
        guard case .refuted(let witness, _) = major.backward.outcome else {
            Issue.record("a required member was added: \(major.backward.outcome)")
            return
        }
        #expect(witness["note"] == nil)
        #expect(html.contains("<strong>no, for example not</strong>"))
        #expect(html.contains("A new major version"))
        #expect(html.contains("<code>REQUIRED_ATTRIBUTE_ADDED</code>"))
    }
}
