import EventContracts
import FerryTesting
import Foundation
import KafkaClient
import Synchronization
import Testing

@testable import CartService
@testable import Ferry
@testable import PaymentService

@Suite(
    "Versions on a broker",
    .enabled(if: ProcessInfo.processInfo.environment["FERRY_BROKERS"] != nil, "needs FERRY_BROKERS: run `make test`"))
struct DeploymentTests {
    private let addItem = #"{"cartId":"cart-1","quantity":2,"sku":"cd-7","unitPriceCents":100}"#

    @Test("A worker announces what it runs before it reads, and again under its name when it returns", .timeLimit(.minutes(2)))
    func announcement() async throws {
        let bench = try await ServiceBench(CartService.Contract.self)
        for _ in 0..<2 {
            try await bench.whileRunning(CartHandler(), performer: NoEffects(), instance: "east") {
                try await bench.send("shop.cart.add-item.v1", addItem, to: "cart.commands", key: "cart-1")
                #expect(try await bench.read("cart.events", count: 1).count == 1)
            }
        }
        let records = try await bench.read(ContractAnnouncement.topic, count: 2)
        #expect(records.map(\.key) == [Array("cart/east".utf8), Array("cart/east".utf8)])
        for record in records {
            let event = try CloudEvent(headers: record.headers.map { EventHeader($0.name, $0.value) }, value: record.value)
            let announcement = try ContractAnnouncement(event: event)
            #expect(try announcement.contract == ContractSnapshot(of: CartService.Contract.self))
            #expect(announcement.instance == "east")
            #expect(event.time == announcement.startedAt)
        }
    }

    @Test("Without the topic for announcements a worker serves all the same, and doesn't create it", .timeLimit(.minutes(2)))
    func unannounced() async throws {
        let bench = try await ServiceBench(CartService.Contract.self, announcements: false)
        try await bench.whileRunning(CartHandler(), performer: NoEffects()) {
            try await bench.send("shop.cart.add-item.v1", addItem, to: "cart.commands", key: "cart-1")
            #expect(try await bench.read("cart.events", count: 1).count == 1)
        }
        let admin = try AdminClient(bench.kafka, logger: bench.logger)
        let topics = try await admin.metadata(topics: nil, timeout: .seconds(15)).topics
        await admin.close()
        #expect(topics.contains { $0.name == bench.topics.changelog })
        #expect(!topics.contains { $0.name == bench.topics.contracts })
    }

    @Test("State of a version that can't be read stops a worker before it handles anything, and says which, where and what to do", .timeLimit(.minutes(2)))
    func unreadableState() async throws {
        let bench = try await ServiceBench(CartService.Contract.self, partitions: 1)
        let newer = #"{"state":{"lines":[],"status":"open"},"stateSchema":"https://schemas.ferry.example/cart/state/2.0.json"}"#
        try await bench.send(
            ProducerRecord(topic: bench.topics.changelog, partition: 0, key: Array("cart-7".utf8), value: Array(newer.utf8)))
        try await bench.send("shop.cart.add-item.v1", addItem, to: "cart.commands", key: "cart-1")
        let error = await #expect(throws: WorkerError.self) {
            try await Worker(
                CartHandler(), performer: NoEffects(), configuration: bench.configuration(), logger: bench.logger
            ).run()
        }
        let text = error?.description ?? ""
        #expect(error?.exitCode == 1)
        #expect(text.hasPrefix("\(bench.topics.changelog)/0/0: what is kept of cart-7 can't be read by cart 1.0.0: "))
        #expect(text.contains("written under cart/state@2.0, and this version reads cart/state@1.0"))
        #expect(text.contains("ferry contracts check --history cart.changelog"))
        #expect(try await bench.read("cart.events", count: 1, within: .seconds(1)).isEmpty)
    }

    @Test("Orders in two major versions are charged, each once", .timeLimit(.minutes(2)))
    func twoMajors() async throws {
        let bench = try await ServiceBench(PaymentService.Contract.self)
        let gateway = NotingGateway()
        try await bench.whileRunning(PaymentHandler(), performer: gateway) {
            let totals = [#""totalCents":100"#, #""itemCount":1,"total":{"cents":250,"currency":"USD"}"#]
            for (major, total) in zip(1..., totals) {
                let line = #"{"quantity":1,"sku":"cd-7","unitPriceCents":100}"#
                let order = #""cartId":"cart-\#(major)","lines":[\#(line)],"orderId":"o-\#(major)","paymentMethod":"card-4242""#
                try await bench.send(
                    "shop.order.placed.v\(major)", "{\(order),\(total)}", to: "order.events", key: "cart-\(major)")
            }
            #expect(try await bench.read("payment.events", count: 2).allSatisfy { $0.type == "shop.payment.authorized.v1" })
        }
        #expect(gateway.charges == ["o-1": [100], "o-2": [250]])
    }

    /// Authorizes everything, and notes what it was asked for.
    private final class NotingGateway: EffectPerformer {
        typealias Contract = PaymentService.Contract

        private let noted = Mutex<[String: [Int]]>([:])

        var charges: [String: [Int]] { noted.withLock { $0 } }

        func perform(_ effect: PaymentService.Effect, idempotencyKey: String) async throws -> PaymentService.EffectResult {
            switch effect {
            case .charge(let charge):
                noted.withLock { $0[charge.orderId, default: []].append(charge.amountCents) }
                return .chargeAnswered(ChargeAnswered(orderId: charge.orderId, outcome: .authorized, paymentId: "p-1"))
            case .refund(let refund):
                return .refundAnswered(RefundAnswered(orderId: refund.orderId, refundId: "r-1"))
            }
        }
    }
}
