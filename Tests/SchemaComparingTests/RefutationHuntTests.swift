import Foundation
import JSONSchema
import Testing

/// Looks for a document that refutes a verdict. `FERRY_HUNT_PAIRS` says how many pairs of schemas, `FERRY_HUNT_SEED` which.
@Suite("No document refutes a verdict")
struct RefutationHuntTests {
    private struct Tally {
        var contained = 0
        var refuted = 0
        var unknown = 0
        var written = 0
        var reasons: [String: Int] = [:]
    }

    private static let pairs = ProcessInfo.processInfo.environment["FERRY_HUNT_PAIRS"].flatMap(Int.init) ?? 300
    private static let seed = ProcessInfo.processInfo.environment["FERRY_HUNT_SEED"].flatMap(UInt64.init) ?? 20_260_301
    private static let documentsPerPair = 60

    @Test("Of schemas by chance, and of these with changes")
    func byChance() throws {
        try hunt("by chance", seed: Self.seed, pairs: Self.pairs) { random in
            let writer = random.document()
            guard random.dice.chance(75) else { return (writer, random.document()) }
            var mutation = SchemaMutation(random: random)
            let reader = mutation.mutated(writer)
            random = mutation.random
            return random.dice.chance(50) ? (writer, reader) : (reader, writer)
        }
    }

    @Test("Of the shop's schemas with changes")
    func ofTheShop() throws {
        let schemas = try ShopDocuments.schemas()
        try hunt("of the shop", seed: Self.seed &+ 1, pairs: Self.pairs / 2) { random in
            let writer = random.dice.pick(schemas)
            var mutation = SchemaMutation(random: random)
            let reader = mutation.mutated(writer)
            random = mutation.random
            return random.dice.chance(50) ? (writer, reader) : (reader, writer)
        }
    }

    private func hunt(_ what: String, seed: UInt64, pairs: Int, _ make: (inout RandomSchema) -> (JSONValue, JSONValue)) throws {
        var random = RandomSchema(dice: Dice(seed: seed))
        var tally = Tally()
        for number in 0..<pairs {
            var (writer, reader) = make(&random)
            while writer == reader { (writer, reader) = make(&random) }
            // A change may have made a schema that is none.
            guard let writing = try? Schema.compile(writer, origin: "writer"),
                let reading = try? Schema.compile(reader, origin: "reader", view: .openReader)
            else { continue }
            let place = "seed \(seed), pair \(number): \(writer) read by \(reader)"
            switch writing.containment(in: reading) {
            case .refuted(let witness, let violations):
                tally.refuted += 1
                #expect(writing.isValid(witness) && !reading.isValid(witness) && !violations.isEmpty, "\(place): no witness: \(witness)")
            case .unknown(let reason):
                tally.unknown += 1
                tally.reasons[reason, default: 0] += 1
            case .contained:
                tally.contained += 1
                var refutation: JSONValue?
                for source in [writer, reader] {
                    var documents = RandomDocument(random: random, root: source)
                    for _ in 0..<Self.documentsPerPair {
                        let document = documents.document()
                        guard writing.isValid(document) else { continue }
                        tally.written += 1
                        if !reading.isValid(document) { refutation = refutation ?? document }
                    }
                    random = documents.random
                }
                #expect(refutation == nil, "\(place): refuted")
            }
        }
        print(
            "Hunt \(what), seed \(seed): \(tally.contained) pairs contained, \(tally.refuted) refuted with a witness, "
                + "\(tally.unknown) unknown; \(tally.written) documents of the contained ones were read. Unknown: \(tally.reasons)")
        // A hunt that has nothing to hunt proves nothing.
        #expect(tally.contained >= pairs / 10 && tally.refuted >= pairs / 10 && tally.unknown <= pairs / 5)
        #expect(tally.written >= tally.contained)
    }
}
