import EventContracts
import Foundation
import JSONSchema
import Testing

@Suite("A released schema never changes")
struct SchemaLockTests {
    @Test("Every schema of the shop is released and as it was")
    func shop() throws {
        let catalogue = try Shop.catalogue()
        let lock = try SchemaLock(of: catalogue)
        for violation in try lock.violations(in: catalogue) { Issue.record("\(violation)") }
        for reference in catalogue.references where !lock.isReleased(reference) {
            Issue.record("\(reference) isn't released: run `ferry schema release`, which adds its digest to schemas/\(SchemaLock.fileName)")
        }
    }

    private func released() throws -> EventFolder {
        let folder = try EventFolder(["1.0": ["a": .text("A.")], "1.1": ["a": .text("A."), "b": .text("B.")]])
        let catalogue = try folder.catalogue()
        var lock = try SchemaLock(of: catalogue)
        #expect(lock.digests.isEmpty)
        for reference in catalogue.references { try lock.release(reference, in: catalogue) }
        try lock.write()
        return folder
    }

    @Test("What is written is read again")
    func roundTrip() throws {
        let folder = try released()
        let catalogue = try folder.catalogue()
        let lock = try SchemaLock(of: catalogue)
        #expect(lock.digests.keys.sorted() == ["shop/event/1.0.json", "shop/event/1.1.json"])
        #expect(try SchemaLock(text: lock.text, origin: "lock").digests == lock.digests)
        #expect(try lock.violations(in: catalogue) == [])
    }

    @Test("A changed file is told with the remedy")
    func changed() throws {
        let folder = try released()
        try folder.write(EventFolder.schema("1.0", ["a": .text("Another.")]).prettyText(), to: "shop/event/1.0.json")
        let violations = try SchemaLock(of: folder.catalogue()).violations(in: folder.catalogue())
        #expect(violations.count == 1)
        #expect(violations.first?.origin.hasSuffix("shop/event/1.0.json") == true)
        #expect(violations.first?.message.hasSuffix("restore it, and make the change in shop/event/1.2.json") == true)
    }

    @Test("A file that is gone is told with its line in the lock")
    func gone() throws {
        let folder = try released()
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("shop/event/1.1.json"))
        let violations = try SchemaLock(of: folder.catalogue()).violations(in: folder.catalogue())
        #expect(violations.map(\.line) == [3])
        #expect(violations.first?.message.hasPrefix("shop/event/1.1.json was released and is gone") == true)
    }

    @Test(
        "A line that says nothing is refused at its place",
        arguments: ["md5:00  a/b/1.0.json", "sha256:00  a/b/1.0.json", "a/b/1.0.json", "sha256:\(String(repeating: "0", count: 64))"])
    func malformed(line: String) {
        #expect(throws: CatalogueError(origin: "lock", line: 2, message: "a line is written as sha256:<digest>  <path of the schema>")) {
            try SchemaLock(text: "# comment\n\(line)\n", origin: "lock")
        }
    }

    @Test("A path that is there twice is refused")
    func twice() {
        let line = "sha256:\(String(repeating: "0", count: 64))  a/b/1.0.json\n"
        #expect(throws: CatalogueError(origin: "lock", line: 2, message: "a/b/1.0.json is there twice")) {
            try SchemaLock(text: line + line, origin: "lock")
        }
    }
}
