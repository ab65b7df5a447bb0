import EventContracts
import JSONSchema
import Testing

@Suite("CloudEvents in structured mode")
struct StructuredEnvelopeTests {
    private func read(_ text: String) throws(EnvelopeError) -> CloudEvent {
        try CloudEvent(structured: Array(text.utf8))
    }

    @Test(
        "The whole event in the value is read like one in headers",
        arguments: ["application/cloudevents+json", "Application/CloudEvents; charset=utf-8"])
    func reading(contentType: String) throws {
        let text = """
            {"specversion": "1.0", "id": "1", "source": "/cart", "type": "t", "time": "2026-11-24T13:05:09Z", "partitionkey": "cart-1",
             "retries": 3, "urgent": true, "note": null, "data": {"b": 1.0, "a": [ ]}}
            """
        let event = try CloudEvent(
            headers: [EventHeader("Content-Type", contentType), EventHeader("ce_id", "ignored")], value: Array(text.utf8))
        #expect(
            event
                == CloudEvent(
                    id: "1", source: "/cart", type: "t", time: Timestamp("2026-11-24T13:05:09Z"), partitionKey: "cart-1",
                    extensions: ["retries": "3", "urgent": "true"], data: Array(#"{"a":[],"b":1}"#.utf8)))
    }

    @Test("What is written is read back as the same event")
    func roundTrip() throws {
        let full = CloudEvent(
            id: "1", source: "/cart", type: "t", time: Timestamp("2026-11-24T13:05:09Z"), dataSchema: "d", subject: "s",
            partitionKey: "k", correlationID: "c", causationID: "b", traceParent: "p", extensions: ["zone": "z"],
            data: Array(#"{"a":1}"#.utf8))
        let small = CloudEvent(id: "1", source: "/cart", type: "t", data: nil)
        for event in [full, small] {
            #expect(try CloudEvent(structured: try event.structured().canonicalBytes()) == event)
        }
    }

    @Test("A missing attribute is named, a malformed time is quoted")
    func refusedAttributes() {
        #expect(throws: EnvelopeError.missingAttribute("id")) {
            try read(#"{"specversion":"1.0","source":"/cart","type":"t"}"#)
        }
        #expect(throws: EnvelopeError.malformedTime("12")) {
            try read(#"{"specversion":"1.0","id":"1","source":"/cart","type":"t","time":12}"#)
        }
    }

    @Test(
        "What is no event in JSON is refused",
        arguments: [
            "", "[]", "{", #"{"id":"1","id":"2"}"#, #"{"specversion":"1.0","id":"1","source":"s","type":"t","x":{}}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"AA=="}"#,
        ])
    func malformed(text: String) {
        #expect {
            try read(text)
        } throws: { error in
            guard case .malformedStructure? = error as? EnvelopeError else { return false }
            return true
        }
    }

    @Test("Data that isn't JSON can't be written into a structured event")
    func notJSON() {
        #expect {
            try CloudEvent(id: "1", source: "s", type: "t", data: [0xFF]).structured()
        } throws: { error in
            guard case .malformedStructure? = error as? EnvelopeError else { return false }
            return true
        }
    }
}
