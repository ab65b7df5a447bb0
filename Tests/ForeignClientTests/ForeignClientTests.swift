import Foundation
import Testing

@Suite("Clients of others, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(10)))
struct ForeignClientTests {
    @Test("What one client writes in any codec, the others read, record by record", arguments: ForeignClient.allCases)
    func records(writer: ForeignClient) async throws {
        let topic = try await Broker.topic()
        var expected: [SeenRecord] = []
        for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
            let records = SeenRecord.samples(codec, at: Broker.now)
            _ = try await writer.run("produce", topic, codec, input: records.lines)
            expected += records
        }
        for reader in ForeignClient.allCases {
            let lines = try await reader.run("consume", topic, Broker.unique("group"), "\(expected.count)")
            #expect(try lines.map { try JSONDecoder().decode(SeenRecord.self, from: $0) } == expected, "read by \(reader)")
        }
        #expect(try await KcatRecord.all(of: topic).map(\.seen) == expected, "read by kcat")
    }

    @Test("A group goes on where it committed", arguments: ForeignClient.allCases)
    func resuming(client: ForeignClient) async throws {
        let (topic, group) = (try await Broker.topic(), Broker.unique("group"))
        let records = SeenRecord.samples("a", at: Broker.now)
        _ = try await client.run("produce", topic, "none", input: records.lines)
        let first = try await client.run("consume", topic, group, "2")
        let second = try await client.run("consume", topic, group, "3")
        #expect(try (first + second).map { try JSONDecoder().decode(SeenRecord.self, from: $0) } == records)
    }

    private struct Shares: Decodable, Equatable {
        var partitions: [Int]
        var records: Int
    }

    @Test(
        "Two members share the partitions, and take every record once",
        arguments: [(ForeignClient.confluent, "range"), (.confluent, "cooperative-sticky"), (.aiokafka, "")])
    func sharing(client: ForeignClient, strategy: String) async throws {
        let topic = try await Broker.topic(partitions: 4)
        let records = (0..<10).flatMap { SeenRecord.samples("key \($0)", at: Broker.now) }
        _ = try await client.run("produce", topic, "none", input: records.lines)
        let arguments = [topic, Broker.unique("group"), "\(records.count)"] + (strategy.isEmpty ? [] : [strategy])
        let shares = try await client.ask(Shares.self, "share", arguments: arguments)
        #expect(shares == Shares(partitions: [2, 2], records: records.count))
    }

    @Test("A committed transaction is read, an aborted one never", arguments: ForeignClient.allCases)
    func transactions(client: ForeignClient) async throws {
        let topic = try await Broker.topic()
        let records = SeenRecord.samples("a", at: Broker.now)
        _ = try await client.run("transact", topic, Broker.unique("id"), input: records.lines)
        #expect(try await KcatRecord.all(of: topic).map(\.seen) == records)
        #expect(try await KcatRecord.all(of: topic, isolation: "read_uncommitted").map(\.seen) == records + records)
    }

    @Test("Consumed offsets and what came of the records are one transaction", arguments: ForeignClient.allCases)
    func relaying(client: ForeignClient) async throws {
        let (source, target) = (try await Broker.topic(), try await Broker.topic())
        let records = SeenRecord.samples("a", at: Broker.now)
        _ = try await client.run("produce", source, "none", input: records.lines)
        let committed = try await client.ask(
            [String: Int].self, "relay", source, target, Broker.unique("group"), Broker.unique("id"), "\(records.count)")
        #expect(committed == ["committed": records.count])
        #expect(try await KcatRecord.all(of: target).map(\.seen) == records)
    }

    @Test("confluent-kafka administers topics, configurations, offsets, groups")
    func administrationByConfluent() async throws {
        struct Seen: Decodable, Equatable {
            var configs: [String: String]
            var partitions: Int
            var end: Int
            var lowWatermark: Int
            var firstLeft: Int
            var group: String
            var members: Int
            var committed: [[Int]]
            var listed: Bool
            var nodes: Bool
            var groupDeleted: Bool
            var topicDeleted: Bool
        }
        let seen = try await ForeignClient.confluent.ask(Seen.self, "administer", Broker.unique("topic"), Broker.unique("group"))
        #expect(
            seen
                == Seen(
                    configs: ["max.message.bytes": "200000", "retention.ms": "86400000"], partitions: 3, end: 10, lowWatermark: 4,
                    firstLeft: 4, group: "STABLE", members: 1, committed: [[1, 7]], listed: true, nodes: true, groupDeleted: true,
                    topicDeleted: true))
    }

    @Test("aiokafka administers topics, configurations, offsets, groups")
    func administrationByAiokafka() async throws {
        struct Seen: Decodable, Equatable {
            var configs: [String: String]
            var partitions: Int
            var lowWatermark: Int
            var firstLeft: Int
            var group: String
            var members: Int
            var committed: [[Int]]
            var listed: Bool
            var nodes: Bool
            var topicDeleted: Bool
        }
        let seen = try await ForeignClient.aiokafka.ask(Seen.self, "administer", Broker.unique("topic"), Broker.unique("group"))
        #expect(
            seen
                == Seen(
                    configs: ["retention.ms": "86400000"], partitions: 3, lowWatermark: 4, firstLeft: 4, group: "Stable", members: 1,
                    committed: [[1, 7]], listed: true, nodes: true, topicDeleted: true))
    }
}
