import EventContracts
import Foundation
import JSONSchema
import KafkaClient
import Logging
import Testing

@Suite("Which versions may run beside those that do", .enabled(if: CommandLineRun.brokers != nil, "needs FERRY_BROKERS: run `make test`"))
struct ContractsTests {
    private let prefix = "cli-\(UUID().uuidString.prefix(8).lowercased())."
    private let next = "--candidate Tests/OrderServiceNext/service.yaml"

    private func ferry(_ line: String, input: String = "") async throws -> CommandLineRun {
        try await CommandLineRun.run("ferry " + line, input: input, environment: ["FERRY_TOPIC_PREFIX": prefix])
    }

    private func topics() async throws {
        let run = try await ferry("topics apply --partitions 2 --quiet")
        try #require(run.exitCode == 0, "\(run.errors)")
    }

    private func send(_ record: ProducerRecord) async throws {
        let producer = try Producer(
            KafkaConfiguration(bootstrapServers: CommandLineRun.brokers ?? "", clientID: "cli-tests"),
            logger: Logger(label: "cli-tests") { _ in SwiftLogNoOpLogHandler() })
        var record = record
        record.topic = prefix + record.topic
        do {
            _ = try await producer.send(record)
        } catch {
            await producer.close()
            throw error
        }
        await producer.close()
    }

    /// Announces the payment service as a worker would, its manifest changed at one place.
    private func announcePayment(as instance: String, _ change: (String) -> String = { $0 }) async throws {
        let file = CommandLineRun.projectFolder.appendingPathComponent("Sources/PaymentService/service.yaml")
        let manifest = try ManifestReader.read(yaml: change(String(contentsOf: file, encoding: .utf8)), origin: file.path)
        let schemas = try SchemaCatalogue(folder: CommandLineRun.projectFolder.appendingPathComponent("schemas"))
        let announcement = ContractAnnouncement(
            contract: try ContractSnapshot(manifest: manifest, catalogue: schemas), instance: instance,
            startedAt: Timestamp(milliseconds: 1_700_000_000_000))
        let event = announcement.event()
        try await send(
            ProducerRecord(
                topic: ContractAnnouncement.topic, key: Array(announcement.key.utf8), value: event.data,
                headers: event.headers().map { KafkaHeader($0.name, $0.value) }))
    }

    /// The payment service before it knew orders of the second major version.
    private func older(_ yaml: String) -> String {
        yaml.replacing("order/placed@2.0, ", with: "").replacing(#/version: .*/#, with: "version: 1.0.0")
    }

    @Test("A candidate waits for the last worker that couldn't read it", .timeLimit(.minutes(2)))
    func announced() async throws {
        try await topics()
        try await announcePayment(as: "1", older)
        try await announcePayment(as: "2", older)

        let refused = try await ferry("contracts check \(next) --against topic --json")
        #expect(refused.exitCode == 1, "\(refused.errors)")
        let verdict = try JSONParser.parse(Array(refused.output.utf8))
        #expect(verdict["candidate"] == "order 2.0.0")
        #expect(verdict["beside"] == ["payment 1.0.0"])
        #expect(verdict["compatible"] == false)
        guard case .array(let faults)? = verdict["faults"], let fault = faults.first else {
            Issue.record("\(refused.output)")
            return
        }
        #expect(faults.count == 1)
        #expect(fault["event"] == "order/placed@2.0")
        #expect(fault["writer"] == "order 2.0.0")
        #expect(fault["reader"] == "payment 1.0.0")
        #expect(fault["witness"]?["total"]?["currency"] == "USD")

        try await announcePayment(as: "1")
        #expect(try await ferry("contracts check \(next) --against topic").exitCode == 1)
        try await announcePayment(as: "2")
        let allowed = try await ferry("contracts check \(next) --against topic")
        #expect(allowed.exitCode == 0, "\(allowed.output)\(allowed.errors)")
        #expect(allowed.output.hasPrefix("yes  order 2.0.0 may run beside payment "))

        // A candidate isn't compared with workers that run it already.
        let same = try await ferry("contracts check --candidate Sources/PaymentService/service.yaml --against topic")
        #expect(same.output.contains("may run beside nothing else"))
    }

    @Test("What is announced is listed; what can't be read is told by its position, and can be taken out", .timeLimit(.minutes(2)))
    func retire() async throws {
        try await topics()
        try await announcePayment(as: "1", older)
        try await send(ProducerRecord(topic: ContractAnnouncement.topic, key: Array("payment/2".utf8), value: Array("{}".utf8)))
        let unreadable = try await ferry("contracts list")
        #expect(unreadable.exitCode == 1)
        #expect(unreadable.errors.hasPrefix("ferry: \(prefix)ferry.contracts/0/1: "))
        #expect(unreadable.errors.contains("ferry contracts retire payment/2"))

        #expect(try await ferry("contracts retire payment/2").exitCode == 0)
        let listed = try await ferry("contracts list")
        #expect(listed.exitCode == 0, "\(listed.errors)")
        let line = try JSONParser.parse(Array(listed.output.utf8))
        #expect(line["key"] == "payment/1")
        #expect(line["manifest"]?["version"] == "1.0.0")

        #expect(try await ferry("contracts retire payment/1").exitCode == 0)
        #expect(try await ferry("contracts list").output == "")
        #expect(try await ferry("contracts check \(next) --against topic").exitCode == 0)
        let unknown = try await ferry("contracts retire payment/9")
        #expect(unknown.exitCode == 1)
        #expect(unknown.errors.hasPrefix("ferry: there is no announcement payment/9"))
    }

    @Test("What a topic retains is read as the candidate would, and the first offenders are named", .timeLimit(.minutes(2)))
    func history() async throws {
        try await topics()
        let lines = #""lines":[{"quantity":1,"sku":"cd-7","unitPriceCents":100}],"orderId":"o-1","paymentMethod":"card-4242""#
        func event(_ type: String, _ data: String) -> ProducerRecord {
            let event = CloudEvent(id: DerivedID.random(), source: "/test", type: type, data: Array(data.utf8))
            return ProducerRecord(
                topic: "order.events", partition: 1, key: Array("c".utf8), value: event.data,
                headers: event.headers().map { KafkaHeader($0.name, $0.value) })
        }
        try await send(event("shop.order.placed.v1", "{\"cartId\":\"c\",\(lines),\"totalCents\":100}"))
        let total = #""itemCount":1,"total":{"cents":100,"currency":"USD"}"#
        try await send(event("shop.order.placed.v2", "{\"cartId\":\"c\",\(lines),\(total)}"))
        try await send(event("shop.order.confirmed.v1", "{}"))
        let clean = try await ferry("contracts check --candidate Sources/PaymentService/service.yaml --history order.events --json")
        #expect(clean.exitCode == 0, "\(clean.output)\(clean.errors)")

        for _ in 0..<3 { try await send(event("shop.order.placed.v2", "{\"cartId\":\"c\",\(lines),\"totalCents\":100}")) }
        let run = try await ferry("contracts check --candidate Sources/PaymentService/service.yaml --history order.events --limit 2 --json")
        #expect(run.exitCode == 1)
        let report = try JSONParser.parse(Array((run.output.split(separator: "\n").last ?? "").utf8))
        #expect(report["records"] == 6)
        #expect(report["passedOver"] == 1)
        #expect(report["refused"] == 3)
        guard case .array(let offenders)? = report["offenders"] else {
            Issue.record("\(run.output)")
            return
        }
        #expect(offenders.map { $0["position"]?.string } == ["\(prefix)order.events/1/3", "\(prefix)order.events/1/4"])
        #expect(offenders.first?["reason"]?.string?.hasPrefix("shop.order.placed.v2: ") == true)
    }

    @Test("State of a version that the candidate can't read is found in the changelog", .timeLimit(.minutes(2)))
    func state() async throws {
        try await topics()
        let newer = #"{"state":{"lines":[],"status":"open"},"stateSchema":"https://schemas.ferry.example/cart/state/2.0.json"}"#
        try await send(ProducerRecord(topic: "cart.changelog", partition: 0, key: Array("cart-7".utf8), value: Array(newer.utf8)))
        let run = try await ferry("contracts check --candidate Sources/CartService/service.yaml --history cart.changelog")
        #expect(run.exitCode == 1)
        let reason = "the state was written under cart/state@2.0, and cart/state@1.0 is read"
        #expect(run.output.contains("no   \(prefix)cart.changelog/0/0: \(reason)"))
    }

    @Test("A topic that no candidate reads is a wrong use", .timeLimit(.minutes(1)))
    func foreignTopic() async throws {
        let run = try await ferry("contracts check --candidate Sources/CartService/service.yaml --history payment.events")
        #expect(run.exitCode == 2)
        #expect(run.errors.contains("payment.events is not read by cart 1.0.0"))
    }
}
