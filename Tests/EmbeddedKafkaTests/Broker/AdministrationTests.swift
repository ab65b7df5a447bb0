import KafkaClient
import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Topics and settings", .timeLimit(.minutes(5)))
struct AdministrationTests {
    @Test("A topic is made once, with a legal name, settings that exist, and one replica")
    func create() async throws {
        try await withBroker { _, client in
            #expect(try await client.createTopic("t", partitions: 3, ["retention.ms": "-1"]) == .none)
            #expect(try await client.createTopic("t") == .topicAlreadyExists)
            #expect(try await client.createTopic("a b") == .invalidTopic)
            #expect(try await client.createTopic("__consumer_offsets") == .invalidTopic)
            #expect(try await client.createTopic("u", ["retention.weeks": "1"]) == .invalidConfig)
            #expect(try await client.createTopic("u", ["retention.ms": "soon"]) == .invalidConfig)
            #expect(try await client.createTopic("u", partitions: 0) == .invalidPartitions)
            let topics = try await client.ask("Metadata", version: 12, ["topics": .array(nil)]).topics.elements
            #expect(topics.map { ($0.name.text, $0.partitions.elements.count) }.map { "\($0)" } == [#"("t", 3)"#])
        }
    }

    @Test("A topic is found by its id; made again under its name it has another")
    func ids() async throws {
        try await withBroker { _, client in
            func id() async throws -> WireValue {
                let answer = try await client.ask("Metadata", version: 12, ["topics": [["name": "t"]], "allowAutoTopicCreation": true])
                return answer.topics.elements.first?.topicId ?? [:]
            }
            let first = try await id()
            let deleted = try await client.ask("DeleteTopics", version: 6, ["topics": [["topicId": first]], "timeoutMs": 1_000])
            #expect(deleted.responses.elements.map(\.name.text) == ["t"])
            #expect(try await id() != first)
            let lost = try await client.ask("Metadata", version: 12, ["topics": [["topicId": first, "name": .string(nil)]]])
            #expect(lost.topics.elements.map(\.error) == [.unknownTopicID])
        }
    }

    @Test("Naming an unknown topic makes it, unless the broker or the client doesn't want that")
    func autoCreation() async throws {
        func ask(_ client: RawClient, _ allow: Bool) async throws -> [ErrorCode] {
            let request: WireValue = ["topics": [["name": "t"]], "allowAutoTopicCreation": .bool(allow)]
            return try await client.ask("Metadata", version: 9, request).topics.elements.map(\.error)
        }
        try await withBroker { (_, client) async throws in
            #expect(try await ask(client, false) == [.unknownTopicOrPartition])
            #expect(try await ask(client, true) == [.none])
        }
        var configuration = EmbeddedKafka.Configuration()
        configuration.createsTopics = false
        try await withBroker(configuration) { (_, client) async throws in
            #expect(try await ask(client, true) == [.unknownTopicOrPartition])
        }
    }

    @Test("Settings are changed one by one or replaced as a whole, and outlast the broker")
    func settings() async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { broker, client in
                _ = try await client.createTopic("t", ["retention.ms": "5000"])
                func settings(_ client: RawClient) async throws -> [String] {
                    let request: WireValue = ["resources": [["type": 2, "name": "t", "keys": .array(nil)]]]
                    let answer = try await client.ask("DescribeConfigs", version: 4, request)
                    let own = (answer.results.elements.first?.configs.elements ?? []).filter { $0.source.int == 1 }
                    return own.map { "\($0.name.text)=\($0.value.text)" }
                }
                let change: WireValue = ["name": "cleanup.policy", "operation": 0, "value": "compact"]
                let request: WireValue = ["resources": [["type": 2, "name": "t", "configs": [change]]]]
                _ = try await client.ask("IncrementalAlterConfigs", version: 1, request)
                #expect(try await settings(client) == ["cleanup.policy=compact", "retention.ms=5000"])
                try await broker.takeDown(.killed)
                try await broker.bringUp()
                let again = try await RawClient.connect(to: broker)
                #expect(try await settings(again) == ["cleanup.policy=compact", "retention.ms=5000"])
                let whole: WireValue = ["name": "retention.ms", "value": "7000"]
                _ = try await again.ask("AlterConfigs", version: 2, ["resources": [["type": 2, "name": "t", "configs": [whole]]]])
                #expect(try await settings(again) == ["retention.ms=7000"])
                try await again.close()
            }
        }
    }

    @Test("Records leave by age when the clock moves, and by request at once")
    func leaving() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t", ["retention.ms": "3600000"])
            for value in ["a", "b", "c"] { _ = try await client.produce([value], to: "t") }
            let asked: WireValue = ["topics": [["name": "t", "partitions": [["index": 0, "offset": 2]]]], "timeoutMs": 1_000]
            #expect(try await client.ask("DeleteRecords", version: 2, asked).partition().lowWatermark.int == 2)
            #expect(try await client.fetch("t", from: 1).error == .offsetOutOfRange)
            #expect(try await client.fetch("t", from: 2).values == ["c"])
            try await broker.moveTime(by: .seconds(3_601))
            #expect(try await client.fetch("t", from: 2).error == .offsetOutOfRange)
            #expect(try await client.fetch("t", from: 3) == Fetched(highWatermark: 3, stable: 3))
        }
    }

    @Test("A topic gets more partitions, never fewer")
    func partitions() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t", partitions: 2)
            func grow(_ count: Int64) async throws -> [ErrorCode] {
                let topic: WireValue = ["name": "t", "count": .int(count), "assignments": .array(nil)]
                let request: WireValue = ["topics": [topic], "timeoutMs": 1_000]
                return try await client.ask("CreatePartitions", version: 3, request).results.elements.map(\.error)
            }
            #expect(try await grow(1) == [.invalidPartitions])
            #expect(try await grow(3) == [.none])
        }
    }

    @Test("Every answer that names the broker has the address that it advertises, or else the one it listens on")
    func advertised() async throws {
        func named(_ client: RawClient) async throws -> [String] {
            let nodes = try await client.ask("Metadata", version: 12, ["topics": []]).brokers.elements
                + client.ask("DescribeCluster", version: 0, [:]).brokers.elements
                + client.ask("FindCoordinator", version: 4, ["keys": ["g"]]).coordinators.elements
                + [client.ask("FindCoordinator", version: 0, ["key": "g"])]
            return nodes.map { "\($0.host.text):\($0.port.int)" }
        }
        try await withBroker { (broker, client) async throws in
            #expect(try await named(client) == Array(repeating: broker.bootstrapServers, count: 4))
        }
        var configuration = EmbeddedKafka.Configuration()
        configuration.advertised = .init(host: "kafka.example", port: 9_999)
        try await withBroker(configuration) { (_, client) async throws in
            #expect(try await named(client) == Array(repeating: "kafka.example:9999", count: 4))
        }
    }

    @Test("With users, nobody is answered before saying the right password")
    func authentication() async throws {
        var configuration = EmbeddedKafka.Configuration()
        configuration.users = ["ann": "secret"]
        try await withBroker(configuration) { broker, client in
            func authenticate(_ password: String) async throws -> ErrorCode {
                _ = try await client.ask("SaslHandshake", version: 1, ["mechanism": "PLAIN"])
                let request: WireValue = ["authBytes": .bytes(ByteBuffer(string: "\0ann\0" + password))]
                return try await client.ask("SaslAuthenticate", version: 2, request).error
            }
            #expect(try await client.ask("SaslHandshake", version: 1, ["mechanism": "GSSAPI"]).error == .unsupportedSaslMechanism)
            #expect(try await authenticate("guess") == .saslAuthenticationFailed)
            #expect(try await authenticate("secret") == .none)
            #expect(try await client.createTopic("t") == .none)
            let stranger = try await RawClient.connect(to: broker)
            await #expect(throws: (any Error).self) { try await stranger.createTopic("u") }
        }
    }

    @Test("A client of librdkafka comes in with the right password only")
    func authenticatedClient() async throws {
        var configuration = EmbeddedKafka.Configuration()
        configuration.users = ["ann": "secret"]
        try await withBroker(configuration) { (broker, _) async throws in
            func ask(_ password: String, patience: Duration) async throws -> KafkaError? {
                let security = KafkaSecurity(authentication: .plain(user: "ann", password: password))
                let admin = try AdminClient(
                    KafkaConfiguration(bootstrapServers: broker.bootstrapServers, security: security), logger: .silent)
                let error = await failure { () async throws(KafkaError) in try await admin.metadata(topics: nil, timeout: patience) }
                await admin.close()
                return error
            }
            #expect(try await ask("secret", patience: Asking.patience) == nil)
            // It tries again and again, for as long as it is given.
            #expect(try await ask("guess", patience: .seconds(2)) != nil)
        }
    }
}
