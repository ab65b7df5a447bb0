import EventContracts
import JSONSchema
import Testing

@Suite("Schemas follow the rules of the house")
struct SchemaLintTests {
    @Test("Those of the shop do")
    func shop() throws {
        let catalogue = try Shop.catalogue()
        for reference in catalogue.references { #expect(try SchemaLint(catalogue).violations(of: reference) == []) }
    }

    struct Defect: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: JSONValue
        let message: String

        var testDescription: String { name }
    }

    static let defects = [
        Defect(name: "no type", schema: ["description": "X."], message: "the type is missing"),
        Defect(name: "no description", schema: ["type": "string"], message: "the description is missing: say what it means, in which unit"),
        Defect(
            name: "an open object", schema: ["type": "object", "description": "X.", "properties": [:]],
            message: "an object is closed: add \"additionalProperties\": false, so that nothing undeclared leaves a writer"),
        Defect(
            name: "an object that says that it is open", schema: ["type": "object", "description": "X.", "additionalProperties": true],
            message: "an object is closed: nothing undeclared leaves a writer"),
        Defect(
            name: "floating-point money", schema: ["type": "number", "description": "X."],
            message: "money is no floating-point number: count its smallest unit in an integer, and name it so (totalPriceCents)"),
    ]

    @Test("A defect is told at its line", arguments: defects)
    func defect(_ defect: Defect) throws {
        let folder = try EventFolder(["1.0": ["totalPrice": defect.schema]])
        let violations = try SchemaLint(folder.catalogue()).violations(of: EventFolder.reference("1.0"))
        #expect(violations.map(\.message) == [defect.message])
        #expect(violations.map(\.pointer) == [JSONPointer(["properties", "totalPrice"])])
        #expect(violations.map(\.line) == [8])
    }

    @Test("What isn't money may have a fraction", arguments: ["centimetres", "taxRate", "total_weight"])
    func fraction(name: String) throws {
        let folder = try EventFolder(["1.0": [name: ["type": "number", "description": "X."]]])
        #expect(try SchemaLint(folder.catalogue()).violations(of: EventFolder.reference("1.0")) == [])
    }

    @Test("A reference that leads out of the file is refused")
    func remote() throws {
        let folder = try EventFolder(["1.0": ["a": ["$ref": "https://schemas.example/shop/other/1.0.json"]]])
        let violations = try SchemaLint(folder.catalogue()).violations(of: EventFolder.reference("1.0"))
        #expect(violations.count == 1)
    }

    @Test("Examples are needed, and are valid")
    func examples() throws {
        let folder = try EventFolder(["1.0": ["a": .text("A.")]])
        func messages() throws -> [String] {
            try SchemaLint(folder.catalogue()).violations(of: EventFolder.reference("1.0")).map(\.description)
        }
        #expect(try messages() == [])
        try folder.write("[]", to: "shop/event/1.0.examples.json")
        #expect(try messages().first?.hasSuffix("1.0.examples.json:1: error: at least one example is needed") == true)
        try folder.write("[{},\n{\"a\":1}]", to: "shop/event/1.0.examples.json")
        let message = "1.0.examples.json:2: error: #/1/a: the example violates its schema: expected string, found 1"
        #expect(try messages().first?.hasSuffix(message) == true)
    }
}
