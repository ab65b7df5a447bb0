import EventContracts
import FerryTesting
import Foundation
import KafkaClient
import Synchronization
import Testing

@testable import CartService
@testable import Ferry
@testable import OrderService
@testable import PaymentService

@Suite(
    "A worker on a broker",
    .enabled(if: ProcessInfo.processInfo.environment["FERRY_BROKERS"] != nil, "needs FERRY_BROKERS: run `make test`"))
struct WorkerTests {
    private let addItem = #"{"cartId":"cart-1","quantity":2,"sku":"cd-7","unitPriceCents":100}"#
    private let checkOut = #"{"cartId":"cart-1","paymentMethod":"card-4242"}"#
    private let placed =
        #"{"cartId":"cart-1","lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"orderId":"o-1","paymentMethod":"card-4242","totalCents":100}"#

    @Test("State is restored from the changelog: the next worker knows what is in the cart", .timeLimit(.minutes(10)))
    func restore() async throws {
        let bench = try await ServiceBench(CartService.Contract.self)
        try await bench.whileRunning(CartHandler(), performer: NoEffects()) {
            try await bench.send("shop.cart.add-item.v1", addItem, to: "cart.commands", key: "cart-1")
            #expect(try await bench.read("cart.events", count: 1).map(\.type) == ["shop.cart.item-added.v1"])
        }
        try await bench.whileRunning(CartHandler(), performer: NoEffects()) {
            try await bench.send("shop.cart.check-out.v1", checkOut, to: "cart.commands", key: "cart-1")
            let events = try await bench.read("cart.events", count: 2)
            #expect(events.map(\.type) == ["shop.cart.item-added.v1", "shop.cart.checked-out.v1"])
            #expect(
                events.last?.value.map { String(decoding: $0, as: UTF8.self) }
                    == #"{"cartId":"cart-1","lines":[{"quantity":2,"sku":"cd-7","unitPriceCents":100}],"paymentMethod":"card-4242","totalCents":200}"#)
        }
    }

    @Test("A poisonous record is kept in the dead letter topic, and the rest goes on", .timeLimit(.minutes(10)))
    func deadLetter() async throws {
        let bench = try await ServiceBench(CartService.Contract.self)
        try await bench.whileRunning(CartHandler(), performer: NoEffects()) {
            let poison = ProducerRecord(
                topic: bench.topics.physical("cart.commands"), key: Array("cart-1".utf8), value: [0xFF, 0x00],
                headers: [KafkaHeader("x", "y")])
            try await bench.send(poison)
            try await bench.send("shop.cart.add-item.v1", addItem, to: "cart.commands", key: "cart-1")
            #expect(try await bench.read("cart.events", count: 1).map(\.type) == ["shop.cart.item-added.v1"])
            let letter = try #require(try await bench.read("cart.dlq", count: 1).first)
            #expect(letter.key == Array("cart-1".utf8))
            #expect(letter.value == [0xFF, 0x00])
            #expect(letter.header("x") == "y")
            #expect(letter.header("dlq-error-class") == "malformed-envelope")
            #expect(letter.header("dlq-original-topic") == bench.topics.physical("cart.commands"))
        }
    }

    @Test("Topics with unequal partition counts stop a worker before it reads", .timeLimit(.minutes(10)))
    func unequalTopics() async throws {
        let bench = try await ServiceBench(CartService.Contract.self, partitions: 2)
        let admin = try AdminClient(bench.kafka, logger: bench.logger)
        let commands = bench.topics.physical("cart.commands")
        _ = try await admin.deleteTopics([commands], timeout: .seconds(15))
        // The name may take a moment to become free again.
        let created = try await waitUntil(.seconds(20)) {
            let result = try await admin.createTopics([NewTopic(name: commands, partitions: 3)], timeout: .seconds(15))
            return result == [commands: nil]
        }
        await admin.close()
        #expect(created)
        let error = await #expect(throws: WorkerError.self) {
            try await Worker(
                CartHandler(), performer: NoEffects(), configuration: bench.configuration(), logger: bench.logger
            ).run()
        }
        #expect(error?.exitCode == 1)
        #expect(error?.description.contains("\(commands) has 3") == true)
    }

    @Test("A timer fires after its time and comes back as an input", .timeLimit(.minutes(10)))
    func timer() async throws {
        let bench = try await ServiceBench(OrderService.Contract.self)
        let checkedOut =
            #"{"cartId":"cart-1","lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"paymentMethod":"card-4242","totalCents":100}"#
        try await bench.whileRunning(OrderHandler(paymentTimeout: .seconds(1)), performer: NoEffects()) {
            try await bench.send("shop.cart.checked-out.v1", checkedOut, to: "cart.events", key: "cart-1")
            let events = try await bench.read("order.events", count: 2)
            #expect(events.map(\.type) == ["shop.order.placed.v1", "shop.order.cancelled.v1"])
            let waited = (events.last?.timestamp ?? 0) - (events.first?.timestamp ?? 0)
            #expect(waited >= 1_000)
        }
    }

    @Test("An effect that was under way when its worker stopped is repeated by the next one, under the same key", .timeLimit(.minutes(10)))
    func pendingEffect() async throws {
        let bench = try await ServiceBench(PaymentService.Contract.self)
        let silent = RecordingGateway(answers: false)
        try await bench.whileRunning(PaymentHandler(), performer: silent) {
            try await bench.send("shop.order.placed.v1", placed, to: "order.events", key: "cart-1")
            #expect(try await waitUntil(.seconds(30)) { silent.keys == ["charge-o-1"] })
        }
        let answering = RecordingGateway(answers: true)
        try await bench.whileRunning(PaymentHandler(), performer: answering) {
            let events = try await bench.read("payment.events", count: 1)
            #expect(events.map(\.type) == ["shop.payment.authorized.v1"])
            #expect(answering.keys == ["charge-o-1"])
        }
        // What was answered is no longer pending: a third worker has nothing to repeat.
        let idle = RecordingGateway(answers: true)
        try await bench.whileRunning(PaymentHandler(), performer: idle) {
            let refund = #"{"amountCents":100,"cartId":"cart-1","orderId":"o-1","paymentId":"p-1"}"#
            try await bench.send("shop.order.refund-requested.v1", refund, to: "order.events", key: "cart-1")
            #expect(try await bench.read("payment.events", count: 2).last?.type == "shop.payment.refunded.v1")
            #expect(idle.keys == ["refund-o-1"])
        }
    }

    @Test("Two workers share the partitions, and every command has one outcome", .timeLimit(.minutes(10)))
    func twoWorkers() async throws {
        let bench = try await ServiceBench(CartService.Contract.self, partitions: 4)
        let carts = (0..<40).map { "cart-\($0)" }
        func publish() async throws {
            for cart in carts {
                let item = #"{"cartId":"\#(cart)","quantity":1,"sku":"cd-7","unitPriceCents":100}"#
                try await bench.send("shop.cart.add-item.v1", item, to: "cart.commands", key: cart)
            }
        }
        try await bench.whileRunning(CartHandler(), performer: NoEffects(), instance: "1") {
            try await publish()
            try await bench.whileRunning(CartHandler(), performer: NoEffects(), instance: "2") {
                try await publish()
                _ = try await bench.read("cart.events", count: 80)
            }
        }
        let events = try await bench.read("cart.events", count: 81, within: .seconds(3))
        let perCart = Dictionary(grouping: events) { String(decoding: $0.key ?? [], as: UTF8.self) }.mapValues(\.count)
        #expect(perCart == Dictionary(uniqueKeysWithValues: carts.map { ($0, 2) }))
    }

    /// A payment gateway that notes the idempotency keys it is called with.
    final class RecordingGateway: EffectPerformer {
        typealias Contract = PaymentService.Contract

        private let seen = Mutex<[String]>([])
        private let answers: Bool

        init(answers: Bool) { self.answers = answers }

        var keys: [String] { seen.withLock { $0 } }

        func perform(
            _ effect: PaymentService.Effect, idempotencyKey: String
        ) async throws -> PaymentService.EffectResult {
            seen.withLock { $0.append(idempotencyKey) }
            guard answers else {
                try await Task.sleep(for: .seconds(600))
                throw CancellationError()
            }
            switch effect {
            case .charge(let charge):
                return .chargeAnswered(ChargeAnswered(orderId: charge.orderId, outcome: .authorized, paymentId: "p-1"))
            case .refund(let refund):
                return .refundAnswered(RefundAnswered(orderId: refund.orderId, refundId: "r-1"))
            }
        }
    }
}
