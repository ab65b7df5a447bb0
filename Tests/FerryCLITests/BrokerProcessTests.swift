import FerryTesting
import Foundation
import KafkaClient
import Logging
import Testing

/// `ferry broker` as a process: the only thing that a kill can be tried on.
@Suite("ferry broker", .timeLimit(.minutes(10)))
struct BrokerProcessTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-broker-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func start(_ arguments: String...) async throws -> BrokerProcess {
        try await BrokerProcess(
            ferry: CommandLineRun.programs.appendingPathComponent("ferry"), data: folder.appendingPathComponent("data"),
            log: folder.appendingPathComponent("broker.log"), arguments: arguments)
    }

    private func values(_ partition: TopicPartition, at address: String) async throws -> [String] {
        let kafka = KafkaConfiguration(bootstrapServers: address)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: nil, reportsEndOfPartition: true), logger: .silent)
        try consumer.assign([partition: .earliest])
        var values: [String] = []
        try await waitUntil(.seconds(60)) {
            let batch = try await consumer.poll(maxRecords: 10_000, timeout: .milliseconds(200))
            values += batch.records.map { String(decoding: $0.value ?? [], as: UTF8.self) }
            return !batch.endOfPartitions.isEmpty
        }
        await consumer.close()
        return values
    }

    @Test("keeps through kill -9 what it has acknowledged, once")
    func kill() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let broker = try await start()
        defer { broker.process.send(SIGKILL) }
        let victim = broker.process
        let partition = TopicPartition("t", 0)
        let kafka = KafkaConfiguration(bootstrapServers: broker.address, properties: ["linger.ms": "0", "message.timeout.ms": "20000"])
        let producer = try Producer(kafka, logger: .silent)
        let acknowledged = await withTaskGroup(of: [Int].self) { group in
            for sender in 0..<8 {
                group.addTask {
                    var sent: [Int] = []
                    for number in 0..<100_000 {
                        let record = ProducerRecord(topic: "t", partition: 0, value: Array("\(sender).\(number)".utf8))
                        guard let delivery = try? await producer.send(record) else { break }
                        sent.append(number)
                        if sender == 0, delivery.offset > 2_000 { victim.send(SIGKILL) }
                        if !victim.isRunning { break }
                    }
                    return sent.map { sender * 1_000_000 + $0 }
                }
            }
            // What is under way when the broker dies is in doubt: it is given up, not counted.
            group.addTask {
                _ = try? await victim.waitForEnd(deadline: .seconds(60))
                try? producer.purge(inFlight: true)
                return []
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        await producer.close(timeout: .zero)
        #expect(acknowledged.count > 2_000)
        try await broker.crash()
        #expect(victim.end == .signal(SIGKILL))
        let kept = try await values(partition, at: broker.address)
        #expect(Set(kept).count == kept.count)
        #expect(Set(acknowledged.map { "\($0 / 1_000_000).\($0 % 1_000_000)" }).subtracting(kept) == [])
        #expect(await broker.process.stop() == .exit(0))
    }

    @Test("sends clients to the address that it was told to advertise, and says where it listens")
    func advertised() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let broker = try await start("--advertise", "kafka.example:9999")
        defer { broker.process.send(SIGKILL) }
        let admin = try AdminClient(KafkaConfiguration(bootstrapServers: broker.address), logger: .silent)
        let brokers = try await admin.metadata(topics: nil, timeout: .seconds(60)).brokers
        #expect(brokers.map { "\($0.host):\($0.port)" } == ["kafka.example:9999"])
        await admin.close()
        #expect(await broker.process.stop() == .exit(0))
        for address in ["kafka.example", "kafka.example:0", "kafka.example:65536", ":9999", "::1:9999", "[::1]"] {
            let refused = try await CommandLineRun.run("ferry broker --port 0 --advertise '\(address)'")
            #expect((refused.exitCode, refused.output) == (2, ""), "\(address)")
            #expect(refused.errors.contains("--advertise is host:port"))
        }
    }

    @Test("says what it is for, and ends with 2 when it isn't allowed to listen for others, with 3 when it can't listen at all")
    func refusals() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try await CommandLineRun.run("ferry broker --help").output.contains("development and tests"))
        let remote = try await CommandLineRun.run("ferry broker --port 0 --host 0.0.0.0")
        #expect((remote.exitCode, remote.output) == (2, ""))
        #expect(remote.errors.contains("--allow-remote"))
        let broker = try await start()
        defer { broker.process.send(SIGKILL) }
        let second = try await CommandLineRun.run("ferry broker --port \(broker.address.split(separator: ":")[1])")
        #expect((second.exitCode, second.output) == (3, ""))
        let log = try String(contentsOf: broker.process.log, encoding: .utf8).split(separator: "\n").first ?? ""
        #expect(log.contains("for development and tests only"))
        #expect(await broker.process.stop() == .exit(0))
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
