import EventContracts
import Foundation
import JSONSchema
import Testing

@testable import PaymentService

@Suite("Orders of an older version are understood as the newer one")
struct UpcastingTests {
    private static let schemas = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("schemas")

    private func order(_ cents: Int, id: String = "o-1", method: String = "card-4242") -> PlacedV1 {
        PlacedV1(
            orderId: id, cartId: "cart-1", lines: [.init(sku: "cd-7", quantity: 2, unitPriceCents: 50)], totalCents: cents,
            paymentMethod: method)
    }

    @Test("The total becomes an amount in dollars, the articles are counted, all else stays")
    func total() {
        #expect(
            order(100).upcast()
                == Placed(
                    orderId: "o-1", cartId: "cart-1", lines: [.init(sku: "cd-7", quantity: 2, unitPriceCents: 50)],
                    total: .init(cents: 100, currency: .usd), paymentMethod: "card-4242", itemCount: 2))
    }

    @Test("The examples of every older minor version are valid once they are lifted")
    func examples() throws {
        let catalogue = try SchemaCatalogue(folder: Self.schemas)
        let older = catalogue.references.filter { $0.isSameEvent(as: Placed.reference) && $0.version.major == 1 }
        #expect(!older.isEmpty)
        for reference in older {
            let examples = try catalogue.examples(of: reference)
            #expect(!examples.isEmpty)
            for example in examples {
                let input = try #require(try Input.decode(type: PlacedV1.type, data: example.canonicalBytes()))
                guard case .placed(let order) = input else {
                    Issue.record("not an order: \(input)")
                    continue
                }
                #expect(order.total.cents == example["totalCents"]?.int64.map { Int($0) })
                #expect(try Input.decode(type: Placed.type, data: input.encode()) == input)
            }
        }
    }

    @Test("Every valid order is valid once it is lifted, at the bounds of its schema too", arguments: [1, 2, 3])
    func everyOrder(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        for round in 0..<200 {
            let order = PlacedV1(
                orderId: dice.text(), cartId: dice.text(),
                lines: (0..<dice.number(in: 1...(round == 0 ? 1_000 : 5))).map { _ in
                    .init(sku: dice.text(), quantity: dice.number(in: 1...1_000_000), unitPriceCents: dice.number(in: 0...1_000_000_000))
                },
                totalCents: dice.number(in: 0...9_007_199_254_740_991), paymentMethod: dice.text())
            let bytes = try Codec.encode(order)
            let lifted = try #require(try Input.decode(type: PlacedV1.type, data: bytes), "seed \(seed), round \(round)")
            #expect(lifted == .placed(order.upcast()), "seed \(seed), round \(round)")
        }
    }

    @Test("What breaks the newer schema is told as a defect of the upcast, not handled")
    func defect() {
        #expect {
            _ = try order(-1).lifted()
        } throws: { error in
            guard case .invalidUpcast(let type, let what)? = error as? PayloadError else { return false }
            return type == "shop.order.placed.v1" && what.contains("/total/cents")
        }
    }

    /// Numbers and texts within bounds, the bounds themselves often (SplitMix64).
    private struct Dice {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        private mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }

        mutating func number(in range: ClosedRange<Int>) -> Int {
            switch next() % 8 {
            case 0: range.lowerBound
            case 1: range.upperBound
            default: range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
            }
        }

        /// One to 100 characters, as the schema counts them: in code points.
        mutating func text() -> String {
            let letters: [Unicode.Scalar] = ["a", "\"", "\\", "\u{0}", "é", "漢", "😀", "\u{301}", "/", " "]
            var text = String.UnicodeScalarView()
            for _ in 0..<number(in: 1...100) { text.append(letters[Int(next() % UInt64(letters.count))]) }
            return String(text)
        }
    }
}
