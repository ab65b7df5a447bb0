import EventContracts
import Foundation
import JSONSchema
import Testing

@Suite("The catalogue of schemas")
struct SchemaCatalogueTests {
    private func schema(_ path: String, _ rest: String = #""type": "object""#) -> String {
        "{\n  \"$id\": \"https://schemas.example/\(path)\",\n  \(rest)\n}\n"
    }

    @Test("It lists every event in every version, sorted, and finds the newest minor version of a type")
    func listing() throws {
        let paths = ["1.0", "1.10", "1.9", "2.0"].map { "cart/item-added/\($0).json" } + ["b/added/1.0.json"]
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: paths.map { ($0, schema($0)) }).merging(
                ["cart/item-added/1.0.examples.json": "[{}]", "schemas.lock": "", "README.md": ""]) { $1 })
        let catalogue = try SchemaCatalogue(folder: folder.url)
        #expect(
            catalogue.references.map(\.description) == [
                "b/added@1.0", "cart/item-added@1.0", "cart/item-added@1.9", "cart/item-added@1.10", "cart/item-added@2.0",
            ])
        let newest = ["shop.cart.item-added.v1", "store.cart.item-added.v2", "shop.cart.item-added.v3", "shop.cart.added.v1", "v1"]
            .map { catalogue.newest(type: $0)?.description }
        #expect(newest == ["cart/item-added@1.10", "cart/item-added@2.0", nil, nil, nil])
        let first = try #require(catalogue.references.dropFirst().first)
        #expect(try catalogue.examples(of: first) == [[:]])
        #expect(try catalogue.schemaID(of: first) == "https://schemas.example/cart/item-added/1.0.json")
        #expect(try catalogue.schema(of: first, view: .closedWriter).isValid([:]))
    }

    @Test("A folder behind a symbolic link is a folder")
    func symbolicLink() throws {
        let folder = try TemporaryFolder(["real/a/b/1.0.json": schema("a/b/1.0.json")])
        let link = folder.url.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.url.appendingPathComponent("real"))
        #expect(try SchemaCatalogue(folder: link).references.map(\.description) == ["a/b@1.0"])
    }

    @Test("A missing folder is told")
    func missingFolder() {
        #expect(throws: CatalogueError(origin: "/nowhere/schemas", message: "no such folder of schemas")) {
            try SchemaCatalogue(folder: URL(fileURLWithPath: "/nowhere/schemas"))
        }
    }

    @Test(
        "A schema whose place names no event is refused, not passed over",
        arguments: ["a/1.0.json", "a/b/1.0.0.json", "a/B/1.0.json", "a/b/c/1.0.json", "1.0.json", "a/b/v1.json"])
    func stray(path: String) throws {
        let folder = try TemporaryFolder([path: schema(path)])
        #expect {
            try SchemaCatalogue(folder: folder.url)
        } throws: { error in
            (error as? CatalogueError)?.origin == folder.url.appendingPathComponent(path).path
        }
    }

    @Test("Errors name file, line and place")
    func places() throws {
        let folder = try TemporaryFolder([
            "a/broken/1.0.json": "{\n  \"type\":\n}",
            "a/copied/1.0.json": schema("a/other/1.0.json"),
            "a/strange/1.0.json": schema("a/strange/1.0.json", "\"properties\": {\n    \"x\": {\"typo\": \"string\"}\n  }"),
        ])
        let catalogue = try SchemaCatalogue(folder: folder.url)
        func message(_ work: () throws -> Void) -> String {
            do {
                try work()
                return "no error"
            } catch {
                return "\(error)".replacing(folder.url.path + "/", with: "")
            }
        }
        let (broken, copied, strange) = (catalogue.references[0], catalogue.references[1], catalogue.references[2])
        #expect(
            message { _ = try catalogue.document(of: broken) }
                == "a/broken/1.0.json:3: error: not JSON: column 1: a value is expected here")
        #expect(
            message { _ = try catalogue.schemaID(of: copied) }
                == "a/copied/1.0.json:2: error: #/$id: the $id must end with /a/copied/1.0.json")
        #expect(
            message { _ = try catalogue.schema(of: strange, view: .closedWriter) }
                .hasPrefix("a/strange/1.0.json:4: error: #/properties/x/typo: "))
        #expect(message { _ = try catalogue.examples(of: strange) }.hasPrefix("a/strange/1.0.examples.json: cannot be read"))
    }
}
