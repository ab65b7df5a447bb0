import Foundation
import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Faults on demand", .timeLimit(.minutes(5)))
struct FaultTests {
    @Test("A request fails as often as asked for, without an effect, and only where it was asked for")
    func fail() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            _ = try await client.createTopic("u")
            broker.inject(.init("Produce", topic: "t", .fail(.notLeaderOrFollower), times: 2))
            #expect(try await client.produce(["a"], to: "u").0 == .none)
            #expect(try await client.produce(["a"], to: "t").0 == .notLeaderOrFollower)
            #expect(try await client.produce(["a"], to: "t").0 == .notLeaderOrFollower)
            #expect(try await client.produce(["a"], to: "t") == (.none, 0))
            broker.inject(.init("Produce", clientID: "somebody else", .fail(.notLeaderOrFollower)))
            #expect(try await client.produce(["b"], to: "t") == (.none, 1))
            broker.inject(.init("Produce", .fail(.notLeaderOrFollower), times: .max))
            #expect(try await client.produce(["c"], to: "t").0 == .notLeaderOrFollower)
            broker.clearFaults()
            #expect(try await client.produce(["c"], to: "t") == (.none, 2))
        }
    }

    @Test("Brokers side by side have topics, faults and clocks of their own")
    func sideBySide() async throws {
        try await withBroker { one, client in
            try await withBroker { other, stranger in
                _ = try await client.createTopic("t", ["retention.ms": "3600000"])
                _ = try await client.produce(["a"], to: "t")
                #expect(try await stranger.fetch("t").error == .unknownTopicOrPartition)
                other.inject(.init("Fetch", .fail(.notLeaderOrFollower)))
                try await other.moveTime(by: .seconds(7_200))
                #expect(try await client.fetch("t").values == ["a"])
                #expect(one.bootstrapServers != other.bootstrapServers)
            }
        }
    }

    @Test("Every request can be answered with an error", arguments: API.all.map(\.name).filter { !$0.hasPrefix("Sasl") })
    func failAnything(name: String) async throws {
        try await withBroker { broker, client in
            let api = try #require(API.all.first { $0.name == name })
            broker.inject(.init(name, .fail(.unknownServerError)))
            let version = api.versions.upperBound
            // What it is asked for doesn't matter; it is the shape of the answer that a client has to be able to read.
            _ = try await client.ask(name, version: version, .sample(of: api.request, version: Int(version)))
            #expect(try await !client.ask("ApiVersions", version: 0, [:]).apiKeys.elements.isEmpty)
        }
    }

    @Test("A connection can be dropped before the effect, or after it")
    func drop() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            for (action, end) in [(EmbeddedKafka.Fault.Action.dropBefore, 0), (.dropAfter, 1)] as [(EmbeddedKafka.Fault.Action, Int64)] {
                broker.inject(.init("Produce", action))
                let victim = try await RawClient.connect(to: broker)
                await #expect(throws: (any Error).self) { _ = try await victim.produce(["a"], to: "t") }
                #expect(try await client.fetch("t").highWatermark == end)
            }
        }
    }

    @Test("A delayed request takes effect late, and is observed once")
    func delay() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            broker.observeRequests()
            broker.inject(.init("Produce", .delay(.milliseconds(200))))
            let begin = ContinuousClock.now
            #expect(try await client.produce(["a"], to: "t") == (.none, 0))
            #expect(ContinuousClock.now - begin >= .milliseconds(200))
            #expect(broker.requests == [.init(name: "Produce", version: 9, clientID: nil, topics: ["t"])])
        }
    }

    @Test("A paused partition gives nothing to readers until it goes on")
    func pause() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            try await broker.setPaused(true, topic: "t", partition: 0)
            _ = try await client.produce(["a"], to: "t")
            #expect(try await client.fetch("t").values == [])
            let other = try await RawClient.connect(to: broker)
            async let woken = other.fetch("t", wait: 1_000_000)
            try await broker.setPaused(false, topic: "t", partition: 0)
            #expect(try await woken.values == ["a"])
            try await other.close()
        }
    }

    @Test("A broker that is down refuses connections; up again it has what its end has left", arguments: EmbeddedKafka.Ending.allCases)
    func endings(ending: EmbeddedKafka.Ending) async throws {
        try await withFolder { folder in
            for directory in [folder, nil] {
                var configuration = EmbeddedKafka.Configuration(directory: directory)
                configuration.fsync = .never
                try await withBroker(configuration) { broker, client in
                    _ = try await client.createTopic("t")
                    _ = try await client.produce(["a"], to: "t")
                    try await broker.takeDown(ending)
                    await #expect(throws: (any Error).self) { try await RawClient.connect(to: broker) }
                    try await broker.bringUp()
                    let again = try await RawClient.connect(to: broker)
                    #expect(try await again.fetch("t").highWatermark == (ending == .powerCut ? 0 : 1))
                    #expect(try await again.produce(["b"], to: "t").0 == .none)
                    try await again.close()
                }
            }
        }
    }

    @Test("With fsync=always a power cut takes nothing that was acknowledged: records, offsets, commits, topics")
    func always() async throws {
        try await withFolder { folder in
            var configuration = EmbeddedKafka.Configuration(directory: folder)
            configuration.fsync = .always
            try await withBroker(configuration) { broker, client in
                _ = try await client.createTopic("t")
                #expect(try await client.produce(["a"], to: "t") == (.none, 0))
                let entry: WireValue = ["index": 0, "offset": 1, "leaderEpoch": -1]
                let committed = try await client.ask(
                    "OffsetCommit", version: 8, ["groupId": "g", "generationId": -1, "topics": [["name": "t", "partitions": [entry]]]])
                #expect(committed.partition().error == .none)
                try await broker.takeDown(.powerCut)
                try await broker.bringUp()
                let again = try await RawClient.connect(to: broker)
                #expect(try await again.fetch("t").values == ["a"])
                let asked: WireValue = ["groupId": "g", "topics": [["name": "t", "partitions": [0]]]]
                #expect(try await again.ask("OffsetFetch", version: 7, asked).partition().offset.int == 1)
                try await again.close()
            }
        }
    }

    @Test("A damaged list of topics keeps the broker from starting, and is named")
    func damagedListing() async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { _, client in _ = try await client.createTopic("t") }
            try Data("[{".utf8).write(to: URL(fileURLWithPath: folder + "/topics.json"))
            await #expect(throws: LogError.damagedListing(folder + "/topics.json")) { try await EmbeddedKafka.start(.init(directory: folder)) }
        }
    }

    @Test("A second broker is kept out of a folder in use, and none listens for others unasked")
    func refused() async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { _, _ in
                await #expect(throws: FolderLock.InUse.self) { try await EmbeddedKafka.start(.init(directory: folder)) }
            }
        }
        var configuration = EmbeddedKafka.Configuration()
        configuration.host = "0.0.0.0"
        await #expect(throws: EmbeddedKafka.StartError.self) { try await EmbeddedKafka.start(configuration) }
    }
}
