import ArgumentParser
import EventCatalog
import EventContracts
import Foundation

struct CatalogBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Write the catalogue: a page to open in a browser, and an AsyncAPI 3 document.",
        discussion: """
            Both are made from the schemas and the manifests alone. The page needs no network and no other file; its anchors are names, so \
            links to it stay. The same input gives the same bytes.

              ferry catalog build --output catalog && open catalog/index.html
            """
    )

    @Option(help: "Folder to write index.html and asyncapi.json to; it is made if it isn't there.")
    var output: String = "catalog"

    @Option(help: "What the catalogue calls itself.")
    var title: String = "Event catalogue"

    @Option(name: .customLong("document-version"), help: "The version that the AsyncAPI document gives itself.")
    var documentVersion: String = "1.0.0"

    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false

    @OptionGroup var contracts: ContractOptions

    func run() throws {
        let catalog: EventCatalog
        do {
            catalog = try EventCatalog(schemas: try contracts.catalogue(), manifests: try contracts.readManifests())
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure.invalid("\(error)")
        }
        let document = AsyncAPIDocument(catalog, title: title, version: documentVersion).json
        let folder = URL(fileURLWithPath: output, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(CatalogSite(catalog, title: title).html().utf8).write(to: folder.appendingPathComponent("index.html"))
            try Data((document.prettyText() + "\n").utf8).write(to: folder.appendingPathComponent("asyncapi.json"))
        } catch {
            throw CommandFailure.invalid("\(folder.path) can't be written: \(error.localizedDescription)")
        }
        Talk.note("wrote \(folder.path)/index.html and asyncapi.json: \(catalog.events.count) events", quiet: quiet)
    }
}
