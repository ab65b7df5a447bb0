import EventContracts
@testable import EveryConstruct
import JSONSchema
import Testing

@Suite("Nothing leaves that its schema forbids")
struct ClosedWriterTests {
    private static func scalars() throws -> Scalars {
        Scalars(
            any: "", short: "abc", code: "AB-1", at: Timestamp(milliseconds: 0), on: try #require(CalendarDate("2026-03-01")),
            uuid: "0d7b2f5e-5b0a-5c1f-9a52-7f2c8f4b1f10", integer: 0, small: 0, flag: true, status: .open)
    }

    /// A change to a valid value, and where it shows.
    struct Defect<Payload: EventPayload>: Sendable, CustomTestStringConvertible {
        let place: String
        let keyword: String
        let apply: @Sendable (inout Payload) -> Void
        var testDescription: String { "\(place) \(keyword)" }

        init(_ place: String, _ keyword: String, _ apply: @escaping @Sendable (inout Payload) -> Void) {
            (self.place, self.keyword, self.apply) = (place, keyword, apply)
        }
    }

    private func check<Payload: EventPayload>(_ payload: Payload, _ defect: Defect<Payload>) throws {
        var changed = payload
        _ = try Codec.encode(payload)
        defect.apply(&changed)
        do throws(PayloadError) {
            _ = try Codec.encode(changed)
            Issue.record("\(defect.testDescription) was written")
        } catch {
            guard case .invalid(Payload.schemaID, let violations) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(violations.map(\.instance.description) == [defect.place])
            #expect(violations.map(\.keyword) == [defect.keyword])
        }
    }

    @Test(
        "Scalars",
        arguments: [
            Defect<Scalars>("/short", "maxLength") { $0.short = "éééé" },
            Defect<Scalars>("/long", "minLength") { $0.long = "😀😀😀" },
            Defect<Scalars>("/exact", "maxLength") { $0.exact = "abc" },
            Defect<Scalars>("/code", "pattern") { $0.code = "ab-1" },
            Defect<Scalars>("/word", "pattern") { $0.word = "weg" },
            Defect<Scalars>("/uuid", "format") { $0.uuid = "0d7b2f5e" },
            Defect<Scalars>("/email", "format") { $0.email = "nobody" },
            Defect<Scalars>("/uri", "maxLength") { $0.uri = "urn:" + String(repeating: "x", count: 40) },
            Defect<Scalars>("/at", "format") { $0.at = Timestamp("2026-11-24 13:05:09Z") ?? $0.at },
            Defect<Scalars>("/at", "format") { $0.at = Timestamp("2026-11-24T13:05:60Z") ?? $0.at },
            Defect<Scalars>("/small", "minimum") { $0.small = -6 },
            Defect<Scalars>("/small", "maximum") { $0.small = Int.max },
            Defect<Scalars>("/between", "exclusiveMinimum") { $0.between = 0 },
            Defect<Scalars>("/between", "exclusiveMaximum") { $0.between = 3 },
            Defect<Scalars>("/even", "multipleOf") { $0.even = -3 },
            Defect<Scalars>("/dozens", "multipleOf") { $0.dozens = 13 },
        ])
    func scalars(defect: Defect<Scalars>) throws { try check(try Self.scalars(), defect) }

    @Test(
        "Collections",
        arguments: [
            Defect<Collections>("/texts", "maxItems") { $0.texts = ["", "", "", ""] },
            Defect<Collections>("/texts/1", "maxLength") { $0.texts = ["", "12345"] },
            Defect<Collections>("/numbers", "uniqueItems") { $0.numbers = [1, 2, 1] },
            Defect<Collections>("/rows", "minItems") { $0.rows = [] },
            Defect<Collections>("/rows/1", "minItems") { $0.rows = [[1], []] },
            Defect<Collections>("/rows/0/1", "minimum") { $0.rows = [[0, -1]] },
            Defect<Collections>("/lines", "minItems") { $0.lines = [] },
            Defect<Collections>("/lines/0/quantity", "minimum") { $0.lines[0].quantity = 0 },
            Defect<Collections>("/distinct", "uniqueItems") { $0.distinct = [.init(a: 1), .init(a: 1)] },
            Defect<Collections>("/codes/0", "pattern") { $0.codes = ["1"] },
        ])
    func collections(defect: Defect<Collections>) throws {
        try check(Collections(texts: [], rows: [[0]], lines: [.init(sku: "s", quantity: 1)]), defect)
    }

    @Test(
        "Members that depend on each other",
        arguments: [
            Defect<Rules>("", "dependentRequired") { $0.b = nil },
            Defect<Rules>("", "maxProperties") { ($0.c, $0.d) = ("c", true) },
            Defect<Rules>("", "minProperties") { ($0.a, $0.b) = (nil, nil) },
        ])
    func rules(defect: Defect<Rules>) throws { try check(Rules(a: 1, b: 2, must: 3), defect) }

    @Test("A violation deep within an alternative is told with its place")
    func alternatives() throws {
        let card = Choices.Payment.Card(token: "t", holder: .init(sku: "s", quantity: 1))
        try check(
            Choices(payment: .card(card)),
            Defect("/payment", "oneOf") { $0.payment = .byInvoice(.init(days: 91)) })
    }

    @Test("Texts that Swift takes for equal may both stand among different items")
    func accents() throws {
        let bytes = Array(#"{"texts":[],"rows":[[1]],"lines":[{"sku":"s","quantity":1}],"distinct":[{"a":1,"b":"\u00e9"},{"a":1,"b":"e\u0301"}]}"#.utf8)
        let value = try Codec.decode(Collections.self, from: bytes)
        #expect(value.distinct?.count == 2)
        #expect(try Codec.decode(Collections.self, from: Codec.encode(value)) == value)
    }
}
