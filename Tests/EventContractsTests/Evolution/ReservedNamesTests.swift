import EventContracts
import JSONSchema
import Testing

@Suite("A removed name is reserved")
struct ReservedNamesTests {
    @Test("It may not come back with another meaning")
    func anotherMeaning() throws {
        let folder = try EventFolder([
            "1.0": ["note": .text("What the customer said.")], "1.1": [:], "1.2": ["note": .text("What the courier said.")],
        ])
        let violations = try folder.catalogue().reservedNameViolations()
        #expect(violations.count == 1)
        let violation = try #require(violations.first)
        #expect(violation.origin.hasSuffix("shop/event/1.2.json"))
        #expect(violation.pointer == JSONPointer(["properties", "note"]))
        #expect(violation.line != nil)
        #expect(violation.message.contains("shop/event@1.0 had /note with another meaning"))
    }

    @Test("It may come back as it was")
    func asItWas() throws {
        let note = JSONValue.text("What the customer said.")
        let folder = try EventFolder(["1.0": ["note": note], "1.1": [:], "1.2": ["note": note]])
        #expect(try folder.catalogue().reservedNameViolations() == [])
    }

    @Test("It is reserved where it stood, and in its major")
    func elsewhere() throws {
        let folder = try EventFolder([
            "1.0": ["note": .text("What the customer said.")],
            "1.1": ["courier": ["type": "object", "properties": ["note": .text("Another.")]]],
            "2.0": ["note": .text("What the courier said.")],
        ])
        #expect(try folder.catalogue().reservedNameViolations() == [])
    }

    @Test("A name in the items of an array is reserved as well, also where it moves behind a reference")
    func nested() throws {
        func lines(_ properties: JSONValue) -> JSONValue { ["type": "array", "items": ["type": "object", "properties": properties]] }
        let folder = try EventFolder([
            "1.0": ["lines": lines(["code": .text("A colour.")])], "1.1": ["lines": lines([:])],
            "1.2": ["lines": lines(["code": .text("A size.")])],
        ])
        let place = JSONPointer(["properties", "lines", "items", "properties", "code"])
        #expect(try folder.catalogue().reservedNameViolations().map(\.pointer) == [place])
    }

    @Test("A name that stays may be described better")
    func described() throws {
        let folder = try EventFolder(["1.0": ["note": .text("Note.")], "1.1": ["note": .text("What the customer said.")]])
        #expect(try folder.catalogue().reservedNameViolations() == [])
    }
}
