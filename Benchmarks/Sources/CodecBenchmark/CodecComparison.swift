import ArgumentParser
import EventContracts
import Foundation
import JSONSchema

/// Generated code against Foundation's coders, on one event, into the same structs, in turns, on one thread.
///
/// Foundation checks types and nothing else; generated code checks all that the schema asks. The figures are processor time, medians of
/// several turns. A ratio is the median of those within one turn, whose two sides ran right after each other.
@main
struct CodecComparison: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "codec-benchmark")

    @Option(help: "Turns; each measures everything once.")
    var turns = 15

    @Option(help: "Events in one turn.")
    var events = 2_000

    @Option(help: "Do one thing only, without measuring: decode or encode. For profilers.")
    var only: String?

    func run() throws {
        let text = Array(Self.event.utf8)
        let data = Data(text)
        let decoder = JSONDecoder()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let order = try Codec.decode(Placed.self, from: text)
        guard try decoder.decode(Placed.self, from: data) == order, try Codec.encode(order) == text,
            try Array(encoder.encode(order)) == text
        else { throw ValidationError("the coders disagree on the event") }
        let reader = try Placed.schemas.reader.get()

        switch only {
        case "decode": return print(try seconds { try Codec.decode(Placed.self, from: text).lines.count })
        case "encode": return print(try seconds { try Codec.encode(order).count })
        default: break
        }
        var figures = [[Double]](repeating: [], count: 5)
        for _ in 0..<turns {
            figures[0].append(try seconds { try Codec.decode(Placed.self, from: text).lines.count })
            figures[1].append(try seconds { try decoder.decode(Placed.self, from: data).lines.count })
            figures[2].append(try seconds { try Codec.encode(order).count })
            figures[3].append(try seconds { try encoder.encode(order).count })
            figures[4].append(try seconds { reader.isValid(try JSONDocument(parsing: text)) ? 1 : 0 })
        }
        print("an event of \(text.count) bytes, medians of \(turns) turns, microseconds")
        show("decode with full validation", figures[0], "JSONDecoder", figures[1])
        show("encode with full validation", figures[2], "JSONEncoder", figures[3])
        print("parse and validate, no struct", round(median(figures[4])))
    }

    private func show(_ work: String, _ ours: [Double], _ other: String, _ others: [Double]) {
        print(work, round(median(ours)), other, round(median(others)), "ratio", round(median(zip(others, ours).map(/))))
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
    }

    private func round(_ value: Double) -> String { String(format: "%.2f", value) }

    /// Microseconds of processor time for one event. What `body` returns is used, so that the optimizer can't leave it out.
    private func seconds(_ body: () throws -> Int) rethrows -> Double {
        var sum = 0
        let start = Self.processorTime()
        for _ in 0..<events { sum &+= try body() }
        let time = Self.processorTime() - start
        return sum > 0 ? time / Double(events) * 1e6 : .infinity
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static let event = """
        {"cartId":"cart-8841207","currency":"EUR","customerId":"customer-219044","deliverOn":"2026-11-28","giftWrap":false,\
        "lines":[{"quantity":2,"sku":"cd-004117","title":"Kind of Blue","unitPriceCents":1466},\
        {"quantity":1,"sku":"cd-018220","title":"The Köln Concert","unitPriceCents":2199},\
        {"quantity":1,"sku":"lp-000310","title":"A Love Supreme","unitPriceCents":3450}],\
        "orderId":"0d7b2f5e-5b0a-5c1f-9a52-7f2c8f4b1f10","paymentMethod":"card-tok-9f2c1a77e0","placedAt":"2026-11-24T13:05:09.123Z",\
        "shipTo":{"city":"Hamburg","country":"DE","name":"A. Customer","postalCode":"20095","street":"Lange Reihe 12"},"totalCents":8581}
        """
}
