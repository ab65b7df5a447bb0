import EventContracts
import Testing

@Suite("CloudEvents in binary mode")
struct BinaryEnvelopeTests {
    private let required = [
        EventHeader("ce_specversion", "1.0"), EventHeader("ce_id", "1"), EventHeader("ce_source", "/cart"),
        EventHeader("ce_type", "shop.cart.item-added.v1"),
    ]

    private let full = CloudEvent(
        id: "1", source: "/cart", type: "shop.cart.item-added.v1", time: Timestamp("2026-11-24T13:05:09.123456Z"),
        dataSchema: "https://schemas.ferry.example/cart/item-added/1.0.json", subject: "cd-7", partitionKey: "cart-1",
        correlationID: "c", causationID: "b", traceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        extensions: ["zone": "ü", "age": "7"], data: Array("{}".utf8)
    )

    @Test("Attributes are headers in a fixed order, the value is the data")
    func writing() {
        #expect(
            full.headers() == [
                EventHeader("content-type", "application/json"), EventHeader("ce_specversion", "1.0"), EventHeader("ce_id", "1"),
                EventHeader("ce_source", "/cart"), EventHeader("ce_type", "shop.cart.item-added.v1"),
                EventHeader("ce_time", "2026-11-24T13:05:09.123456Z"),
                EventHeader("ce_dataschema", "https://schemas.ferry.example/cart/item-added/1.0.json"), EventHeader("ce_subject", "cd-7"),
                EventHeader("ce_partitionkey", "cart-1"), EventHeader("ce_correlationid", "c"), EventHeader("ce_causationid", "b"),
                EventHeader("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                EventHeader("ce_age", "7"), EventHeader("ce_zone", "ü"),
            ])
    }

    @Test("What is written is read back as the same event")
    func roundTrip() throws {
        let small = CloudEvent(id: "1", source: "/cart", type: "t", data: nil)
        let empty = CloudEvent(id: "1", source: "/cart", type: "t", dataContentType: "text/plain", data: [])
        for event in [full, small, empty] {
            #expect(try CloudEvent(headers: event.headers(), value: event.data) == event)
        }
    }

    @Test("Headers that are not the event's own are left aside")
    func foreignHeaders() throws {
        let headers =
            full.headers() + [EventHeader("dlq-reason", "x"), EventHeader("replay-id", nil), EventHeader("CE_id", [0xFF])]
        #expect(try CloudEvent(headers: headers, value: full.data) == full)
    }

    @Test("A NULL value is an event without data, an empty value is one with empty data")
    func noData() throws {
        #expect(try CloudEvent(headers: required, value: nil).data == nil)
        #expect(try CloudEvent(headers: required, value: []).data == [])
    }

    @Test("A missing or empty required attribute is named", arguments: ["specversion", "id", "source", "type"])
    func missing(attribute: String) {
        let without = required.filter { $0.name != "ce_\(attribute)" }
        #expect(throws: EnvelopeError.missingAttribute(attribute)) { try CloudEvent(headers: without, value: nil) }
        #expect(throws: EnvelopeError.missingAttribute(attribute)) {
            try CloudEvent(headers: without + [EventHeader("ce_\(attribute)", "")], value: nil)
        }
    }

    @Test("Headers that don't make one event are refused with the reason")
    func refused() {
        let cases: [(EventHeader, EnvelopeError)] = [
            (EventHeader("ce_time", "yesterday"), .malformedTime("yesterday")),
            (EventHeader("ce_time", ""), .malformedTime("")),
            (EventHeader("ce_id", "2"), .repeatedAttribute("id")),
            (EventHeader("ce_subject", [0xC3, 0x28]), .unreadableHeader("ce_subject")),
            (EventHeader("ce_subject", nil), .unreadableHeader("ce_subject")),
            (EventHeader("content-type", [0xFF]), .unreadableHeader("content-type")),
        ]
        for (header, error) in cases {
            #expect(throws: error) { try CloudEvent(headers: required + [header], value: nil) }
        }
        #expect(throws: EnvelopeError.missingAttribute("specversion")) { try CloudEvent(headers: [], value: Array("{}".utf8)) }
        #expect(throws: EnvelopeError.unsupportedSpecVersion("0.3")) {
            try CloudEvent(headers: [EventHeader("ce_specversion", "0.3")] + required.dropFirst(), value: nil)
        }
    }
}
