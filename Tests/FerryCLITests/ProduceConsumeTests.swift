import Foundation
import Testing

@Suite("Publish, look, replay", .enabled(if: CommandLineRun.brokers != nil, "needs FERRY_BROKERS: run `make test`"))
struct ProduceConsumeTests {
    private let prefix = "cli-\(UUID().uuidString.prefix(8).lowercased())."
    private var environment: [String: String] { ["FERRY_TOPIC_PREFIX": prefix] }

    private func ferry(_ line: String, input: String = "") async throws -> CommandLineRun {
        try await CommandLineRun.run("ferry " + line, input: input, environment: environment)
    }

    private func topics() async throws {
        let run = try await ferry("topics apply --partitions 2 --quiet")
        try #require(run.exitCode == 0, "\(run.errors)")
    }

    @Test("One invalid line among many, and nothing is sent", .timeLimit(.minutes(10)))
    func allOrNothing() async throws {
        try await topics()
        let valid = #"{"type":"shop.cart.check-out.v1","partitionkey":"c","data":{"cartId":"c","paymentMethod":"card-1"}}"#
        let invalid = #"{"type":"shop.cart.check-out.v1","partitionkey":"c","data":{"cartId":"c"}}"#
        let run = try await ferry("produce", input: [valid, "", invalid, valid].joined(separator: "\n"))
        #expect(run.exitCode == 1)
        #expect(run.errors.hasPrefix("ferry: standard input:3: shop.cart.check-out.v1: "))
        #expect(run.errors.contains("paymentMethod"))
        #expect(try await ferry("consume cart.commands").output == "")
    }

    @Test("A topic written to a file and put back elsewhere is the same, record by record", .timeLimit(.minutes(10)))
    func roundTrip() async throws {
        try await topics()
        let lines = (0..<20).map {
            #"{"type":"shop.cart.check-out.v1","partitionkey":"c-\#($0)","data":{"cartId":"c-\#($0)","paymentMethod":"card-1"}}"#
        }
        #expect(try await ferry("produce", input: lines.joined(separator: "\n")).exitCode == 0)
        let original = try await ferry("consume cart.commands").output
        #expect(original.split(separator: "\n").count == 20)
        #expect(try await ferry("produce --topic order.commands", input: original).exitCode == 0)
        let copied = try await ferry("consume order.commands").output

        func comparable(_ text: String) -> [String] {
            text.replacing("order.commands", with: "cart.commands").split(separator: "\n")
                .map { String($0).replacing(#/"offset":\d+,/#, with: "") }.sorted()
        }
        #expect(comparable(copied) == comparable(original))
    }

    @Test("A replay keeps key, value, time and partition, and says where each copy comes from", .timeLimit(.minutes(10)))
    func replay() async throws {
        try await topics()
        let lines = (0..<10).map {
            #"{"type":"shop.cart.check-out.v1","partitionkey":"c-\#($0)","data":{"cartId":"c-\#($0)","paymentMethod":"card-1"}}"#
        }
        #expect(try await ferry("produce", input: lines.joined(separator: "\n")).exitCode == 0)
        let run = try await ferry("replay cart.commands --to-topic payment.dlq")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("copied 10 records as replay "))

        let originals = try await ferry("consume cart.commands").output.split(separator: "\n")
        let copies = try await ferry("consume payment.dlq").output.split(separator: "\n")
        #expect(copies.count == 10)
        for original in originals {
            let offset = try #require(original.firstMatch(of: #/"offset":(\d+),"partition":(\d+)/#))
            let source = #"["replay-source","\#(prefix)cart.commands/\#(offset.2)/\#(offset.1)"]"#
            let copy = try #require(copies.first { $0.contains(source) }, "no copy names \(source)")
            #expect(copy.contains(#""partition":\#(offset.2),"#))
            let value = try #require(original.range(of: #""value":"#))
            #expect(copy.hasSuffix(original[value.lowerBound...]))
        }
    }

    @Test("Wrong usage is 2, invalid input 1, a broker that isn't there 3", .timeLimit(.minutes(10)))
    func exitCodes() async throws {
        #expect(try await ferry("produce shop.cart.check-out.v1 --key k --key-field cartId").exitCode == 2)
        #expect(try await ferry("consume").exitCode == 2)
        #expect(try await ferry("consume t --from tomorrow").exitCode == 2)
        #expect(try await ferry("produce --file /nowhere/at-all.jsonl").exitCode == 1)
        #expect(try await ferry("produce shop.no.such.v1 --key k --data '{}'").exitCode == 1)
        #expect(try await ferry("consume t --brokers 127.0.0.1:1 --timeout 1").exitCode == 3)
        #expect(try await ferry("consume no-such-topic --timeout 5").exitCode == 3)
        #expect(try await ferry("--help").exitCode == 0)
    }
}
