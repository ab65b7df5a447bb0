import EventContracts
import JSONSchema
import Testing

@testable import CartService
@testable import Ferry
@testable import OrderService
@testable import PaymentService

@Suite("Versions of one event")
struct VersionsTests {
    private let payment = Processor(PaymentHandler())
    private let lines = #""lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"orderId":"o-1","paymentMethod":"card-4242""#

    private func placed(_ major: Int, _ total: String) -> InputRecord {
        record("shop.order.placed.v\(major)", "{\"cartId\":\"cart-1\",\(lines),\(total)}", topic: "order.events")
    }

    @Test("An older and a newer major version of one order come to the same")
    func twoMajors() throws {
        let older = payment.process(placed(1, #""totalCents":100"#), current: KeyState())
        let newer = payment.process(placed(2, #""itemCount":1,"total":{"cents":100,"currency":"USD"}"#), current: KeyState())
        #expect(older.disposition == .handled)
        #expect(older == newer)
        #expect(older.keyState?.effects.map(\.idempotencyKey) == ["charge-o-1"])
    }

    @Test("A version is read by its own schema: one in the words of the other is invalid")
    func ownSchema() {
        for input in [placed(2, #""totalCents":100"#), placed(1, #""itemCount":1,"total":{"cents":100,"currency":"USD"}"#)] {
            guard case .deadLettered(let reason) = payment.process(input, current: KeyState()).disposition else {
                Issue.record("handled: \(input)")
                continue
            }
            #expect(reason.errorClass == .invalidData)
        }
    }

    @Test("A dead letter in an older version is lifted when it is put back, and so is a copy of a replay")
    func deadLetter() throws {
        let input = placed(1, #""totalCents":100"#)
        let letter = try #require(payment.deadLetter(input, DeadLetterReason(.unsupportedVersion, "too new")).records.first)
        let again = InputRecord(
            position: input.position, timestamp: letter.timestamp, key: letter.key, value: letter.value,
            headers: letter.headers + [EventHeader(HeaderName.replayID, "r-1"), EventHeader(HeaderName.replaySource, "order.events/0/1")])
        #expect(payment.process(again, current: KeyState()) == payment.process(input, current: KeyState()))
    }

    @Test("A major version that is named nowhere is a dead letter that says which are read")
    func unknownMajor() {
        guard case .deadLettered(let reason) = payment.process(placed(3, #""total":1"#), current: KeyState()).disposition else {
            Issue.record("handled")
            return
        }
        #expect(reason.errorClass == .unsupportedVersion)
        #expect(reason.detail.contains("shop.order.placed.v1") && reason.detail.contains("shop.order.placed.v2"))
    }
}

@Suite("State of another version")
struct ChangelogVersionTests {
    private let changelog = Changelog<CartService.Contract>()

    private func text(_ state: String, version: String) -> [UInt8] {
        Array(#"{"state":\#(state),"stateSchema":"https://schemas.ferry.example/cart/state/\#(version).json"}"#.utf8)
    }

    private let open = #"{"lines":[],"status":"open"}"#

    @Test("A later minor version is read, and what it added is left aside")
    func minor() throws {
        let state = try changelog.decode(text(#"{"colour":"red","lines":[],"status":"open"}"#, version: "1.7")).state
        #expect(state == CartState(status: .open, lines: []))
    }

    @Test("Another major version is refused by name, whatever it holds")
    func major() throws {
        let error = #expect(throws: ChangelogError.self) { try changelog.decode(text(open, version: "2.0")) }
        #expect(error?.description == "the state was written under cart/state@2.0, and this version reads cart/state@1.0")
    }

    @Test("A minor version that breaks its promise is refused with the place")
    func brokenPromise() throws {
        let error = #expect(throws: ChangelogError.self) { try changelog.decode(text(#"{"lines":[]}"#, version: "1.1")) }
        #expect(error?.description.hasPrefix("the state was written under cart/state@1.1, and this version reads cart/state@1.0: ") == true)
        #expect(error?.description.contains("status") == true)
    }

    @Test("A state that doesn't name its schema is refused", arguments: [#"{"state":{}}"#, #"{"state":{},"stateSchema":"else"}"#])
    func nameless(text: String) {
        #expect(throws: ChangelogError.self) { try changelog.decode(Array(text.utf8)) }
    }
}

/// The service's own code can't be asked for everything before it is deployed; ``RecordCheck`` has its contract alone. Both must say
/// the same of a record.
@Suite("What a check says of a record is what the worker does with it")
struct RecordCheckAgreementTests {
    private static let valid = #"{"cartId":"cart-1","lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"orderId":"o-1","#
        + #""paymentMethod":"card-4242","#
    private static let records: [InputRecord] = [
        record("shop.order.placed.v1", valid + #""totalCents":100}"#, topic: "order.events"),
        record("shop.order.placed.v1", valid + #""more":1,"totalCents":100}"#, topic: "order.events"),
        record("shop.order.placed.v1", valid + #""totalCents":-1}"#, topic: "order.events"),
        record("shop.order.placed.v1", valid + #""more":1}"#, topic: "order.events"),
        record("shop.order.placed.v2", valid + #""itemCount":1,"total":{"cents":1,"currency":"USD"}}"#, topic: "order.events"),
        record("shop.order.placed.v2", valid + #""itemCount":1,"total":{"cents":1,"currency":"EUR"}}"#, topic: "order.events"),
        record("shop.order.placed.v3", "{}", topic: "order.events"),
        record("shop.order.placed.v1", nil, topic: "order.events"),
        record("shop.order.placed.v1", "{", topic: "order.events"),
        record("shop.order.confirmed.v1", "{", topic: "order.events"),
        record("shop.order.placed.v1", "{}", topic: "order.events", key: nil),
        InputRecord(position: Position(topic: "order.events", partition: 0, offset: 0), timestamp: 1, key: [1], value: [], headers: []),
    ]

    @Test("Readable is handled, passed over is ignored, refused is a dead letter", arguments: records)
    func agreement(input: InputRecord) throws {
        let check = try RecordCheck(ContractSnapshot(of: PaymentService.Contract.self))
        let finding = check.check(topic: input.position.topic, key: input.key, headers: input.headers, value: input.value)
        switch Processor(PaymentHandler()).process(input, current: KeyState()).disposition {
        case .handled, .rejected: #expect(finding == .readable)
        case .ignored: #expect(finding == .passedOver)
        case .deadLettered:
            guard case .refused = finding else {
                Issue.record("\(finding)")
                return
            }
        }
    }
}
