@testable import CartService
import EventContracts
import Foundation
import JSONSchema
@testable import OrderService
@testable import PaymentService
import Testing

/// The types that the plugin generated for the services of the shop.
@Suite("Generated types of the shop")
struct GeneratedTypesTests {
    /// A service's own copies; the same event is another type in another service.
    struct Service: Sendable, CustomTestStringConvertible {
        let manifest: ServiceManifest
        let payloads: [any EventPayload.Type]
        var testDescription: String { manifest.name }
    }

    static let services = [
        Service(
            manifest: CartService.Contract.manifest,
            payloads: [
                CartService.AddItem.self, CartService.RemoveItem.self, CartService.CheckOut.self, CartService.Confirmed.self,
                CartService.Cancelled.self, CartService.ItemAdded.self, CartService.ItemRemoved.self, CartService.CheckedOut.self,
                CartService.CommandRejected.self, CartService.CartState.self,
            ]),
        Service(
            manifest: OrderService.Contract.manifest,
            payloads: [
                OrderService.CancelOrder.self, OrderService.CheckedOut.self, OrderService.Authorized.self, OrderService.Declined.self,
                OrderService.Placed.self, OrderService.Confirmed.self, OrderService.Cancelled.self, OrderService.RefundRequested.self,
                OrderService.CommandRejected.self, OrderService.OrderState.self,
            ]),
        Service(
            manifest: PaymentService.Contract.manifest,
            payloads: [
                PaymentService.Placed.self, PaymentService.PlacedV1.self, PaymentService.RefundRequested.self, PaymentService.Authorized.self,
                PaymentService.Declined.self, PaymentService.Refunded.self, PaymentService.Charge.self, PaymentService.Refund.self,
                PaymentService.ChargeAnswered.self, PaymentService.RefundAnswered.self, PaymentService.PaymentState.self,
            ]),
    ]

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func catalogue() throws -> SchemaCatalogue {
        try SchemaCatalogue(folder: Self.root.appendingPathComponent("schemas"))
    }

    @Test("There is a type for every event that a manifest names", arguments: services)
    func complete(service: Service) {
        #expect(Set(service.payloads.map { $0.reference }) == Set(service.manifest.events))
    }

    @Test("A contract says what its manifest says", arguments: services)
    func contract(service: Service) throws {
        let folder = service.manifest.name.prefix(1).uppercased() + service.manifest.name.dropFirst() + "Service"
        let file = Self.root.appendingPathComponent("Sources/\(folder)/service.yaml")
        #expect(try service.manifest == ManifestReader.read(yaml: String(contentsOf: file, encoding: .utf8), origin: file.path))
    }

    @Test("Every example becomes a value and the same canonical bytes again", arguments: services)
    func roundTrip(service: Service) throws {
        for payload in service.payloads { try roundTrip(payload) }
    }

    private func roundTrip<Payload: EventPayload>(_ type: Payload.Type) throws {
        let examples = try catalogue().examples(of: type.reference)
        #expect(!examples.isEmpty)
        for example in examples {
            let bytes = example.canonicalBytes()
            let payload = try Codec.decode(type, from: bytes)
            #expect(try Codec.encode(payload) == bytes)
            #expect(try Codec.decode(type, from: Codec.encode(payload)) == payload)
        }
    }

    @Test("A type carries the names and the text of its schema", arguments: services)
    func identity(service: Service) throws {
        let catalogue = try catalogue()
        for type in service.payloads {
            #expect(type.type == type.reference.type(in: "shop"))
            #expect(type.schemaID == (try catalogue.schemaID(of: type.reference)))
            #expect(type.schemas.text == (try catalogue.text(of: type.reference)))
        }
    }

    @Test("Absent optional members are absent in the bytes")
    func optionals() throws {
        let checkOut = CartService.CheckOut(cartId: "c", paymentMethod: "card")
        #expect(try Codec.encode(checkOut) == Array(#"{"cartId":"c","paymentMethod":"card"}"#.utf8))
    }

    @Test("Nothing leaves that its schema forbids")
    func closedWriter() {
        #expect(throws: PayloadError.self) {
            try Codec.encode(CartService.AddItem(cartId: "", sku: "s", quantity: 0, unitPriceCents: -1))
        }
    }

    @Test("A union reads its own types, passes over others, and refuses its own in another version")
    func unions() throws {
        typealias Input = CartService.Input
        let data = Array(#"{"cartId":"c","sku":"s","quantity":1}"#.utf8)
        let removal = Input.removeItem(CartService.RemoveItem(cartId: "c", sku: "s", quantity: 1))
        #expect(try Input.decode(type: "shop.cart.remove-item.v1", data: data) == removal)
        #expect(try Input.decode(type: "shop.cart.item-removed.v1", data: data) == nil)
        #expect(try Input.decode(type: "remove-item", data: data) == nil)
        #expect(throws: PayloadError.unsupportedVersion(type: "shop.cart.remove-item.v2", supported: ["shop.cart.remove-item.v1"])) {
            try Input.decode(type: "shop.cart.remove-item.v2", data: data)
        }
        #expect(removal.type == "shop.cart.remove-item.v1")
        #expect(removal.schemaID == "https://schemas.ferry.example/cart/remove-item/1.0.json")
        #expect(try removal.encode() == Array(#"{"cartId":"c","quantity":1,"sku":"s"}"#.utf8))
    }

    @Test("Results of effects are inputs, and so are timers")
    func feedback() throws {
        let data = Array(#"{"orderId":"o","outcome":"declined","declineReason":"no"}"#.utf8)
        let answer = PaymentService.ChargeAnswered(orderId: "o", outcome: .declined, declineReason: "no")
        #expect(try PaymentService.Input.decode(type: PaymentService.ChargeAnswered.type, data: data) == .chargeAnswered(answer))
        #expect(try PaymentService.EffectResult.decode(type: PaymentService.ChargeAnswered.type, data: data) == .chargeAnswered(answer))
        #expect(OrderService.Contract.input(timer: .paymentTimeout, id: "o") == .timer(.paymentTimeout, id: "o"))
        #expect(OrderService.Timer(rawValue: "payment-timeout") == .paymentTimeout)
    }

    @Test("An output goes to the topic that the manifest gives it")
    func topics() {
        let declined = PaymentService.Output.declined(PaymentService.Declined(orderId: "o", cartId: "c", reason: "r"))
        #expect(PaymentService.Contract.topic(of: declined) == "payment.events")
    }
}
