import EventContracts
import Foundation
import JSONSchema
import Testing

@testable import EventCatalog

/// The catalogue of the shop as it stands in the repository.
@Suite("The catalogue of the shop")
struct ShopCatalogTests {
    private let catalog: EventCatalog

    init() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let manifests = try ["Cart", "Order", "Payment"].map { name in
            let file = root.appendingPathComponent("Sources/\(name)Service/service.yaml")
            return try ManifestReader.read(yaml: String(contentsOf: file, encoding: .utf8), origin: file.path)
        }
        catalog = try EventCatalog(schemas: SchemaCatalogue(folder: root.appendingPathComponent("schemas")), manifests: manifests)
    }

    @Test("Every event that crosses between services is in it, with who writes and who reads it")
    func events() throws {
        let event = try #require(catalog.events.first { $0.name == "cart/checked-out" })
        #expect(event.topic == "cart.events")
        #expect(!event.isCommand)
        #expect(event.versions[0].producers == ["cart"])
        #expect(event.versions[0].consumers == ["order"])
        #expect(event.versions[0].type == "shop.cart.checked-out.v1")
        #expect(event.versions[0].fields.contains { $0.path == "lines[].sku" && $0.isRequired })
        #expect(catalog.events.first { $0.name == "cart/add-item" }?.isCommand == true)
        #expect(!catalog.events.contains { $0.event == "state" }, "a service's own schemas are not events")
        #expect(catalog.topics.map(\.name) == ["cart.commands", "cart.events", "order.commands", "order.events", "payment.events"])
    }

    @Test("The page holds every event, version and field under an anchor of its own, and leads nowhere else")
    func page() throws {
        let html = try CatalogSite(catalog, title: "The shop").html()
        #expect(try CatalogSite(catalog, title: "The shop").html() == html)
        let anchors = html.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
        #expect(Set(anchors).count == anchors.count, "an anchor occurs twice")
        for event in catalog.events {
            #expect(anchors.contains(event.name))
            for version in event.versions {
                #expect(anchors.contains("\(version.reference)"))
                for field in version.fields { #expect(anchors.contains("\(version.reference):\(field.anchor)")) }
            }
        }
        for link in html.matches(of: #/href="#([^"]+)"/#) { #expect(anchors.contains(String(link.1)), "a link leads nowhere: \(link.1)") }
        #expect(html.firstMatch(of: #/(src|href)="(https?:)?\/\//#) == nil, "the page needs the network")
        #expect(!html.contains("{{"))
    }

    @Test("What stands in a schema is text on the page, never markup")
    func escaping() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let event = folder.appendingPathComponent("a/b")
        try FileManager.default.createDirectory(at: event, withIntermediateDirectories: true)
        for name in ["b", "state"] {
            let place = folder.appendingPathComponent("a/\(name)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data(
                #"{"$id": "https://x.example/a/\#(name)/1.0.json", "title": "<b>", "description": "<script>alert(1)</script>", "type": "object", "properties": {"\"><img>": {"description": "' & <i>"}}}"#
                    .utf8
            ).write(to: place.appendingPathComponent("1.0.json"))
            try Data(#"[{"\"><img>": "it's"}]"#.utf8).write(to: place.appendingPathComponent("1.0.examples.json"))
        }
        let manifest = try ManifestReader.read(
            yaml: "service: a\nversion: 1.0.0\nnamespace: n\ninputs: {c.commands: [a/b@1.0]}\noutputs: {a.events: [a/b@1.0]}\nstate: a/state@1.0",
            origin: "service.yaml")
        let html = try CatalogSite(EventCatalog(schemas: SchemaCatalogue(folder: folder), manifests: [manifest]), title: "<t>").html()
        for markup in ["<script>alert", "<img>", "<i>", "<t>"] { #expect(!html.contains(markup), "\(markup)") }
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test("A manifest that names a version without a schema is refused by name")
    func missing() throws {
        let schemas = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: schemas, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: schemas) }
        #expect(throws: EventCatalogError.self) {
            try EventCatalog(schemas: SchemaCatalogue(folder: schemas), manifests: catalog.services)
        }
    }
}
