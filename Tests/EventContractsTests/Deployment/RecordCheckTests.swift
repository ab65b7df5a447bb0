import EventContracts
import JSONSchema
import Testing

@Suite("Whether a version could read a record")
struct RecordCheckTests {
    private func check() throws -> RecordCheck {
        try RecordCheck(
            Snapshots.service(
                "payment", inputs: "{order.events: [order/placed@1.1, order/placed@2.0]}", state: "[payment/state@1.0, payment/state@2.0]",
                more: "effects: {requests: [payment/charge@1.0], results: [payment/charged@1.0]}\ntimers: [give-up]",
                ["order/placed@2.0": ["total!": "integer"], "payment/state@2.0": ["open!": "integer"]]))
    }

    private func event(_ type: String, _ data: String?) throws -> RecordCheck.Finding {
        let event = CloudEvent(id: "1", source: "/test", type: type, data: data.map { Array($0.utf8) })
        return try check().check(topic: "order.events", key: [0x6B], headers: event.headers(), value: event.data)
    }

    private func changelog(_ value: String?) throws -> RecordCheck.Finding {
        try check().check(topic: "payment.changelog", key: [0x6B], headers: [], value: value.map { Array($0.utf8) })
    }

    private func reason(_ finding: RecordCheck.Finding) -> String {
        guard case .refused(let reason) = finding else { return "\(finding)" }
        return reason
    }

    @Test("Each major version is read by its own schema, openly")
    func versions() throws {
        #expect(try event("test.order.placed.v1", #"{"id":"o"}"#) == .readable)
        #expect(try event("test.order.placed.v1", #"{"id":"o","colour":"red"}"#) == .readable)
        #expect(try event("test.order.placed.v2", #"{"total":1}"#) == .readable)
        #expect(try event("test.payment.charged.v1", #"{"id":"o"}"#) == .readable)
        #expect(try reason(event("test.order.placed.v2", #"{"id":"o"}"#)).hasPrefix("test.order.placed.v2: the document: "))
        #expect(try reason(event("test.order.placed.v2", #"{"total":"1"}"#)).hasPrefix("test.order.placed.v2: /total: "))
    }

    @Test("What the service doesn't name is passed over, another major version of what it does is refused")
    func undeclared() throws {
        #expect(try event("test.order.noted.v1", "{") == .passedOver)
        #expect(
            try reason(event("test.order.placed.v3", "{}"))
                == "test.order.placed.v3 is not a version that is read, which are test.order.placed.v1, test.order.placed.v2")
    }

    @Test("What is no event, or no data, is refused")
    func unusable() throws {
        #expect(try reason(event("test.order.placed.v1", nil)).contains("tombstone"))
        #expect(try event("test.order.placed.v1", "{") != .readable)
        let check = try check()
        #expect(reason(check.check(topic: "order.events", key: nil, headers: [], value: nil)).contains("no key"))
        #expect(reason(check.check(topic: "order.events", key: [0xFF], headers: [], value: nil)).contains("no key"))
        #expect(reason(check.check(topic: "order.events", key: [0x6B], headers: [], value: [])).contains("missing"))
    }

    @Test("A changelog record is read by the version of the state that wrote it, with all that is pending")
    func state() throws {
        let id = "https://schemas.example/payment/state"
        #expect(try changelog(nil) == .readable)
        #expect(try changelog(#"{"state":{"id":"o"},"stateSchema":"\#(id)/1.0.json"}"#) == .readable)
        #expect(try changelog(#"{"state":{"id":"o"},"stateSchema":"\#(id)/1.7.json"}"#) == .readable)
        #expect(try changelog(#"{"state":{"open":1},"stateSchema":"\#(id)/2.0.json"}"#) == .readable)
        let misnamed = try reason(changelog(#"{"state":{"open":1},"stateSchema":"\#(id)/1.0.json"}"#))
        #expect(misnamed.hasPrefix("the state, written under payment/state@1.0: "))
        #expect(
            try reason(changelog(#"{"state":{},"stateSchema":"\#(id)/3.0.json"}"#))
                == "the state was written under payment/state@3.0, and payment/state@1.0 and payment/state@2.0 is read")
        #expect(try reason(changelog(#"{"state":{"id":"o"}}"#)) == "the state doesn't name its schema")
        let charge = #""type":"test.payment.charge"#
        #expect(try changelog(#"{"effects":[{\#(charge).v1","data":{"id":"o"}}],"timers":[{"timer":"give-up"}]}"#) == .readable)
        #expect(try reason(changelog(#"{"effects":[{\#(charge).v1","data":{}}]}"#)).hasPrefix("a pending test.payment.charge.v1: "))
        #expect(try reason(changelog(#"{"effects":[{\#(charge).v2","data":{}}]}"#)).contains("not asked for"))
        #expect(try reason(changelog(#"{"timers":[{"timer":"remind"}]}"#)) == "the pending timer remind is not known")
        #expect(try changelog("[") != .readable)
    }
}
