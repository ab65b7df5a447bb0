import EventContracts
import JSONSchema
import Testing

@Suite("Announcements of workers")
struct ContractAnnouncementTests {
    private func announcement(instance: String? = "order-1") throws -> ContractAnnouncement {
        ContractAnnouncement(
            contract: try Snapshots.service(
                "order", "1.2.0",
                inputs: "{order.commands: [order/cancel@1.0], cart.events: [cart/left@1.0, cart/left@2.1]}",
                outputs: "{order.events: [order/placed@1.0]}",
                state: "[order/state@1.0, order/state@2.0]",
                more: "effects: {requests: [order/ask@1.0], results: [order/told@1.0]}\ntimers: [give-up]"),
            instance: instance, startedAt: Timestamp(milliseconds: 1_700_000_000_000))
    }

    @Test("An announcement is read back as it was written, with and without a name", arguments: ["order-1", nil])
    func roundTrip(instance: String?) throws {
        let announcement = try announcement(instance: instance)
        let event = announcement.event()
        let read = try CloudEvent(headers: event.headers(), value: event.data)
        #expect(try ContractAnnouncement(event: read) == announcement)
        #expect(announcement.event() == event)
    }

    @Test("It replaces what the same worker announced; workers without a name share one per version")
    func keys() throws {
        #expect(try announcement().key == "order/order-1")
        #expect(try announcement(instance: nil).key == "order/1.2.0")
        #expect(try announcement().event().partitionKey == "order/order-1")
    }

    @Test("What a newer writer adds is left aside")
    func open() throws {
        let announcement = try announcement()
        var event = announcement.event()
        guard case .object(var data) = try JSONParser.parse(event.data ?? []), case .object(var manifest)? = data["manifest"] else {
            Issue.record("no object")
            return
        }
        manifest["colour"] = "red"
        data["manifest"] = .object(manifest)
        data["host"] = "here"
        event.data = JSONValue.object(data).canonicalBytes()
        #expect(try ContractAnnouncement(event: event) == announcement)
    }

    /// A member of an announcement replaced, and what is said of it.
    struct Defect: Sendable, CustomTestStringConvertible {
        let member: String
        let value: JSONValue
        let reason: String
        var testDescription: String { reason }
    }

    @Test("Anything else is none, and the error says why", arguments: [
        Defect(member: "manifest", value: .null, reason: "it has no manifest"),
        Defect(member: "manifest", value: ["service": "order"], reason: "it has no manifest"),
        Defect(member: "schemas", value: [], reason: "it has no schemas"),
        Defect(member: "schemas", value: [:], reason: "the schema of cart/left@1.0 is missing"),
        Defect(member: "schemas", value: ["left": true], reason: "left is not an event"),
        Defect(member: "startedAt", value: "yesterday", reason: "it doesn't say when it started"),
    ])
    func malformed(defect: Defect) throws {
        var event = try announcement().event()
        guard case .object(var data) = try JSONParser.parse(event.data ?? []) else {
            Issue.record("no object")
            return
        }
        data[defect.member] = defect.value
        event.data = JSONValue.object(data).canonicalBytes()
        #expect(throws: AnnouncementError.malformed(defect.reason)) { try ContractAnnouncement(event: event) }
    }

    @Test("Another event is none")
    func otherEvent() throws {
        var event = try announcement().event()
        event.type = "shop.order.placed.v1"
        #expect(throws: AnnouncementError.otherEvent(type: "shop.order.placed.v1")) { try ContractAnnouncement(event: event) }
    }
}
