import EventContracts
import Ferry
import JSONSchema
import Testing

@testable import CartService
@testable import OrderService
@testable import PaymentService

/// A record as a client would write it.
func record(
    _ type: String, _ data: String?, topic: String, key: String? = "cart-1", id: String = "in-1", offset: Int64 = 7,
    causationID: String? = nil, timestamp: Int64 = 1_700_000_000_000
) -> InputRecord {
    let event = CloudEvent(
        id: id, source: "/test", type: type, time: nil, dataSchema: nil, partitionKey: key,
        correlationID: nil, causationID: causationID, traceParent: nil, data: data.map { Array($0.utf8) })
    return InputRecord(
        position: Position(topic: topic, partition: 3, offset: offset), timestamp: timestamp,
        key: key.map { Array($0.utf8) }, value: event.data, headers: event.headers())
}

let addItem = #"{"cartId":"cart-1","quantity":2,"sku":"cd-7","unitPriceCents":100}"#

@Suite("Processing one record")
struct ProcessorTests {
    let cart = Processor(CartHandler())

    private func text(_ name: String, in headers: [EventHeader]) -> String? {
        headers.first { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("An event goes out under the key, partition and time of its input, and names its cause")
    func output() throws {
        let step = cart.process(
            record("shop.cart.add-item.v1", addItem, topic: "cart.commands"), current: KeyState())
        let written = try #require(step.records.first)
        #expect(step.disposition == .handled)
        #expect(step.records.count == 1)
        #expect(written.topic == "cart.events")
        #expect(written.partition == 3)
        #expect(written.timestamp == 1_700_000_000_000)
        #expect(written.key == Array("cart-1".utf8))
        #expect(written.value == Array(addItem.utf8))
        let event = try CloudEvent(headers: written.headers, value: written.value)
        #expect(event.type == "shop.cart.item-added.v1")
        #expect(event.causationID == "in-1")
        #expect(event.correlationID == "in-1")
        #expect(event.partitionKey == "cart-1")
        #expect(event.time?.milliseconds == 1_700_000_000_000)
    }

    @Test("The same input on the same state gives the same step, another input another id")
    func deterministic() throws {
        let input = record("shop.cart.add-item.v1", addItem, topic: "cart.commands")
        let other = record("shop.cart.add-item.v1", addItem, topic: "cart.commands", id: "in-2")
        #expect(cart.process(input, current: KeyState()) == cart.process(input, current: KeyState()))
        #expect(cart.process(input, current: KeyState()) != cart.process(other, current: KeyState()))
    }

    @Test("A field that the reader doesn't know is ignored")
    func openReader() {
        let data = #"{"cartId":"cart-1","colour":"red","quantity":2,"sku":"cd-7","unitPriceCents":100}"#
        let step = cart.process(record("shop.cart.add-item.v1", data, topic: "cart.commands"), current: KeyState())
        #expect(step.disposition == .handled)
    }

    @Test("An event of a type that the manifest doesn't name is passed over")
    func undeclared() {
        let step = cart.process(record("shop.order.placed.v1", "{}", topic: "order.events"), current: KeyState())
        #expect(step == cart.process(record("else.where.v1", "{}", topic: "order.events"), current: KeyState()))
        #expect(step.disposition == .ignored(.undeclaredType))
        #expect(step.records.isEmpty)
    }

    @Test("What can't be processed becomes a dead letter of its class", arguments: [
        (record("shop.cart.add-item.v1", "{", topic: "cart.commands"), DeadLetterReason.ErrorClass.malformedData),
        (record("shop.cart.add-item.v1", nil, topic: "cart.commands"), .malformedData),
        (record("shop.cart.add-item.v1", #"{"cartId":"cart-1"}"#, topic: "cart.commands"), .invalidData),
        (record("shop.cart.add-item.v7", addItem, topic: "cart.commands"), .unsupportedVersion),
        (record("shop.cart.add-item.v1", addItem, topic: "cart.commands", key: nil), .unusableKey),
        (
            InputRecord(
                position: Position(topic: "cart.commands", partition: 3, offset: 7), timestamp: nil,
                key: Array("cart-1".utf8), value: Array(addItem.utf8), headers: []),
            .malformedEnvelope
        ),
    ])
    func deadLetters(input: InputRecord, errorClass: DeadLetterReason.ErrorClass) throws {
        let step = cart.process(input, current: KeyState())
        guard case .deadLettered(let reason) = step.disposition else {
            Issue.record("not a dead letter: \(step.disposition)")
            return
        }
        #expect(reason.errorClass == errorClass)
        #expect(step.keyState == nil)
        let letter = try #require(step.records.first)
        #expect(step.records.count == 1)
        #expect(letter.topic == "cart.dlq")
        #expect(letter.key == input.key)
        #expect(letter.value == input.value)
        #expect(Array(letter.headers.prefix(input.headers.count)) == input.headers)
        #expect(text(HeaderName.deadLetterOriginalTopic, in: letter.headers) == "cart.commands")
        #expect(text(HeaderName.deadLetterOriginalPartition, in: letter.headers) == "3")
        #expect(text(HeaderName.deadLetterOriginalOffset, in: letter.headers) == "7")
        #expect(text(HeaderName.deadLetterErrorClass, in: letter.headers) == errorClass.rawValue)
        #expect(text(HeaderName.deadLetterReason, in: letter.headers)?.isEmpty == false)
    }

    @Test("A refused command tells so and changes nothing")
    func rejected() {
        let step = cart.process(
            record("shop.cart.check-out.v1", #"{"cartId":"cart-1","paymentMethod":"card-4242"}"#, topic: "cart.commands"),
            current: KeyState())
        #expect(step.disposition == .rejected(reason: "empty"))
        #expect(step.keyState == nil)
        #expect(step.records.map(\.topic) == ["cart.events"])
    }

    @Test("A state that breaks its own schema is a dead letter: it could never be written")
    func invalidState() throws {
        let lines = (0..<1_000).map { CartState.Line(sku: "cd-\($0)", quantity: 1, unitPriceCents: 1) }
        let full = KeyState<CartService.Contract>(state: CartState(status: .open, lines: lines))
        let step = cart.process(record("shop.cart.add-item.v1", addItem, topic: "cart.commands"), current: full)
        guard case .deadLettered(let reason) = step.disposition else {
            Issue.record("not a dead letter: \(step.disposition)")
            return
        }
        #expect(reason.errorClass == .invalidOutput)
        #expect(step.keyState == nil)
        #expect(step.records.map(\.topic) == ["cart.dlq"])
    }

    @Test("A topic prefix stands before what is written")
    func prefix() {
        let processor = Processor(
            CartHandler(), topics: ServiceTopics(CartService.Contract.manifest, prefix: "staging."))
        let step = processor.process(
            record("shop.cart.add-item.v1", addItem, topic: "staging.cart.commands"), current: KeyState())
        #expect(step.records.map(\.topic) == ["staging.cart.events"])
    }
}

@Suite("Effects and timers as part of a key's state")
struct PendingWorkTests {
    private let placed =
        #"{"cartId":"cart-1","lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"orderId":"o-1","paymentMethod":"card-4242","totalCents":100}"#

    @Test("An effect stays pending until its result comes back, and the result counts once")
    func effect() throws {
        let payment = Processor(PaymentHandler())
        let asked = payment.process(record("shop.order.placed.v1", placed, topic: "order.events"), current: KeyState())
        let pending = try #require(asked.keyState)
        let effect = try #require(pending.effects.first)
        #expect(pending.effects.count == 1)
        #expect(effect.idempotencyKey == "charge-o-1")

        let result = record(
            "shop.payment.charge-answered.v1", #"{"orderId":"o-1","outcome":"authorized","paymentId":"p-1"}"#,
            topic: "payment.results", id: "res-1", causationID: effect.id)
        let answered = payment.process(result, current: pending)
        #expect(answered.records.map(\.topic) == ["payment.events"])
        let after = try #require(answered.keyState)
        #expect(after.effects.isEmpty)
        #expect(payment.process(result, current: after).disposition == .ignored(.effectNotPending))
    }

    @Test("A timer is due a time after its input, fires once, and not after it was cancelled")
    func timer() throws {
        let order = Processor(OrderHandler(paymentTimeout: .seconds(60)))
        let checkedOut =
            #"{"cartId":"cart-1","lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"paymentMethod":"card-4242","totalCents":100}"#
        let step = order.process(
            record("shop.cart.checked-out.v1", checkedOut, topic: "cart.events"), current: KeyState())
        let waiting = try #require(step.keyState)
        let timer = try #require(waiting.timers.first)
        #expect(timer.dueAt == 1_700_000_060_000)
        let atTheEndOfTime = record("shop.cart.checked-out.v1", checkedOut, topic: "cart.events", timestamp: .max)
        #expect(order.process(atTheEndOfTime, current: KeyState()).keyState?.timers.map(\.dueAt) == [.max])

        let fired = record(
            "ferry.timer.fired.v1", #"{"dueAt":\#(timer.dueAt),"id":"\#(timer.id)","timer":"payment-timeout"}"#,
            topic: "order.timers", id: "fired-1")
        let timedOut = order.process(fired, current: waiting)
        #expect(timedOut.disposition == .handled)
        #expect(timedOut.records.map(\.topic) == ["order.events"])
        let after = try #require(timedOut.keyState)
        #expect(after.timers.isEmpty)
        #expect(order.process(fired, current: after).disposition == .ignored(.timerNotPending))
    }
}
