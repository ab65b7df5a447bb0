import EventContracts
import JSONSchema
import Testing

@Suite("The schemas of the shop")
struct ShopSchemasTests {
    static let references = (try? Shop.catalogue().references) ?? []

    @Test("There are schemas to look at, and every one is used by a service")
    func used() throws {
        let used = try Set(Shop.services.flatMap { try Shop.manifest(of: $0).events })
        #expect(!Self.references.isEmpty)
        #expect(Set(Self.references).subtracting(used) == [])
    }

    @Test("Every example satisfies its schema on the writer's side and on the reader's", arguments: references)
    func examples(of reference: EventReference) throws {
        let catalogue = try Shop.catalogue()
        let writer = try catalogue.schema(of: reference, view: .closedWriter)
        let reader = try catalogue.schema(of: reference, view: .openReader)
        let examples = try catalogue.examples(of: reference)
        #expect(!examples.isEmpty)
        for example in examples {
            #expect(writer.validate(example) == [])
            #expect(reader.validate(example) == [])
        }
    }

    @Test("Canonical bytes of an example are a fixed point", arguments: references)
    func canonical(of reference: EventReference) throws {
        for example in try Shop.catalogue().examples(of: reference) {
            let bytes = example.canonicalBytes()
            let again = try JSONParser.parse(bytes)
            #expect(again == example)
            #expect(again.canonicalBytes() == bytes)
        }
    }

    @Test("An undeclared member may not be written, and is ignored when read", arguments: references)
    func closedAndOpen(reference: EventReference) throws {
        let catalogue = try Shop.catalogue()
        for example in try catalogue.examples(of: reference) {
            guard case .object(var object) = example else { continue }
            object["undeclared"] = 1
            #expect(try catalogue.schema(of: reference, view: .closedWriter).validate(.object(object)).count == 1)
            #expect(try catalogue.schema(of: reference, view: .openReader).isValid(.object(object)))
        }
    }

    @Test("Every optional member is left out of one example and is there in another", arguments: references)
    func optionalMembers(of reference: EventReference) throws {
        let catalogue = try Shop.catalogue()
        let document = try catalogue.document(of: reference)
        guard case .object(let properties)? = document["properties"], case .array(let required)? = document["required"] else {
            Issue.record("\(reference) declares no properties, or doesn't say which are required")
            return
        }
        let examples = try catalogue.examples(of: reference)
        for name in properties.keys where !required.contains(.string(name)) {
            #expect(Set(examples.map { $0[name] == nil }) == [true, false], "\(reference): \(name)")
        }
    }

    @Test("Schemas follow the rules of the house", arguments: references)
    func houseRules(reference: EventReference) throws {
        let catalogue = try Shop.catalogue()
        let document = try catalogue.document(of: reference)
        #expect(document["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(try catalogue.schemaID(of: reference) == "https://schemas.ferry.example/\(reference.schemaPath)")
        #expect(document["title"]?.string?.isEmpty == false)
        #expect(document["type"] == "object")
        check(document, at: "\(reference)#")
    }

    private func check(_ schema: JSONValue, at place: String) {
        #expect(schema["type"] != nil, "\(place) has no type")
        #expect(schema["description"]?.string?.isEmpty == false, "\(place) has no description")
        #expect(schema["type"] != "number", "\(place) is a floating-point number")
        #expect(schema["$ref"] == nil, "\(place) refers elsewhere")
        if schema["type"] == "object" {
            #expect(schema["additionalProperties"] == false, "\(place) is open")
        }
        guard case .object(let properties)? = schema["properties"] else {
            if let items = schema["items"] { check(items, at: place + "/items") }
            return
        }
        for (name, property) in properties {
            check(property, at: "\(place)/\(name)")
            if name.hasSuffix("Cents") { #expect(property["type"] == "integer", "\(place)/\(name) is money") }
        }
    }

    @Test("No sum of a cart's lines can leave 64 bits")
    func bounds() throws {
        let catalogue = try Shop.catalogue()
        var checked: [String] = []
        for reference in Self.references {
            guard case .object(let properties)? = try catalogue.document(of: reference)["properties"], let lines = properties["lines"],
                let line = lines["items"]?["properties"], let count = lines["maxItems"]?.int64,
                let quantity = line["quantity"]?["maximum"]?.int64, let price = line["unitPriceCents"]?["maximum"]?.int64
            else { continue }
            let (product, first) = quantity.multipliedReportingOverflow(by: price)
            let (_, second) = product.multipliedReportingOverflow(by: count)
            #expect(!first && !second, "\(reference)")
            checked.append(reference.event)
        }
        #expect(Set(checked) == ["checked-out", "placed", "state"])
    }
}
