import Foundation
import Testing

@Suite("kcat, on a broker", .enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"), .timeLimit(.minutes(10)))
struct KcatTests {
    private func produce(_ lines: [String], to topic: String, _ more: String...) async throws {
        _ = try await Kcat.run(["-P", "-t", topic, "-K", ":", "-Z"] + more, input: lines.map { $0 + "\n" }.joined())
    }

    @Test("Keys, headers and NULL come back as they were sent, in any codec", arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
    func records(codec: String) async throws {
        let topic = try await Broker.topic()
        try await produce(["a:1", "b:", ":2"], to: topic, "-z", codec, "-H", "h=1", "-H", "h=2")
        let found = try await KcatRecord.all(of: topic).map(\.seen)
        let headers = [["h", "1"], ["h", "2"]]
        #expect(found.map { [$0.key, $0.value] } == [["a", "1"], ["b", nil], [nil, "2"]])
        #expect(found.allSatisfy { $0.headers == headers })
    }

    @Test("A group goes on where it committed")
    func group() async throws {
        let (topic, group) = (try await Broker.topic(), Broker.unique("group"))
        var taken: [String?] = []
        for values in [["a:1", "a:2"], ["a:3"]] {
            try await produce(values, to: topic)
            let lines = try await Kcat.run(
                ["-G", group, "-c", "\(values.count)", "-J", "-X", "auto.offset.reset=earliest", topic])
            taken += try lines.map { try JSONDecoder().decode(KcatRecord.self, from: $0).payload }
        }
        #expect(taken == ["1", "2", "3"])
    }

    @Test("A transaction's records are read once it is committed")
    func transaction() async throws {
        let topic = try await Broker.topic()
        try await produce(["a:1", "a:2"], to: topic, "-X", "transactional.id=\(Broker.unique("id"))")
        #expect(try await KcatRecord.all(of: topic).map(\.payload) == ["1", "2"])
    }

    @Test("Offsets are found by time, and reading begins there")
    func times() async throws {
        let topic = try await Broker.topic()
        let start = Broker.now
        let records = (0..<10).map { SeenRecord(key: nil, value: "\($0)", headers: [], timestamp: start + Int64($0) * 1_000) }
        _ = try await ForeignClient.confluent.run("produce", topic, "none", input: records.lines)
        let lines = try await Kcat.run(["-C", "-J", "-e", "-t", topic, "-o", "s@\(start + 2_500)", "-o", "e@\(start + 6_000)"])
        #expect(try lines.map { try JSONDecoder().decode(KcatRecord.self, from: $0).payload } == ["3", "4", "5"])
    }

    @Test("The list of topics tells partitions and leaders")
    func metadata() async throws {
        struct Listing: Decodable {
            struct Topic: Decodable {
                struct Partition: Decodable {
                    var partition: Int
                    var leader: Int
                }
                var topic: String
                var partitions: [Partition]
            }
            var topics: [Topic]
        }
        let topic = try await Broker.topic(partitions: 3)
        let lines = try await Kcat.run(["-L", "-J", "-m", "60", "-t", topic])
        let listing = try JSONDecoder().decode(Listing.self, from: lines.last ?? Data())
        #expect(listing.topics.map(\.topic) == [topic])
        #expect(listing.topics.first?.partitions.map(\.partition).sorted() == [0, 1, 2])
        #expect(listing.topics.first?.partitions.allSatisfy { $0.leader >= 0 } == true)
    }
}
