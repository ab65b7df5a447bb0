import EventContracts
import Testing

@Suite("Event references")
struct EventReferenceTests {
    @Test("A reference names type, file and text of an event in one version")
    func names() throws {
        let reference = try #require(EventReference("cart/item-added@2.13"))
        #expect(reference == EventReference(context: "cart", event: "item-added", version: EventVersion(major: 2, minor: 13)))
        #expect(reference.type(in: "shop") == "shop.cart.item-added.v2")
        #expect(reference.schemaPath == "cart/item-added/2.13.json")
        #expect(reference.description == "cart/item-added@2.13")
    }

    @Test(
        "Anything else is no reference",
        arguments: [
            "", "cart", "cart/item-added", "cart/item-added@1", "cart/item-added@1.0.0", "cart/item-added@0.1", "cart/item-added@1.-1",
            "cart/item-added@01.0", "cart/item-added@1.+1", "Cart/item-added@1.0", "cart/item added@1.0", "cart//item@1.0", "/item@1.0",
            "cart/1st@1.0", "a/b/c@1.0", "cart/item@1.0@1.0", "cart/item@99999999999999999999.0",
        ])
    func refused(text: String) {
        #expect(EventReference(text) == nil)
    }

    @Test("The end of a schema's $id names it", arguments: [
        ("https://schemas.example/cart/item-added/2.13.json", "cart/item-added@2.13"), ("cart/item-added/1.0.json", "cart/item-added@1.0"),
    ])
    func schemaID(id: String, reference: String) {
        #expect(EventReference(schemaID: id)?.description == reference)
    }

    @Test("Another $id names none", arguments: ["", "item-added/1.0.json", "https://schemas.example/cart/item-added/1.0", "cart/item-added/1.json"])
    func foreignSchemaID(id: String) {
        #expect(EventReference(schemaID: id) == nil)
    }

    @Test("References sort by context, event and version, versions as numbers")
    func order() {
        let sorted = ["a/z@1.0", "b/a@1.2", "b/a@1.10", "b/a@2.0"].compactMap { EventReference($0) }
        #expect(sorted.count == 4)
        #expect(sorted.reversed().sorted() == sorted)
    }
}
