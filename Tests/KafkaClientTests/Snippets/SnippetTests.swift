import Foundation
import KafkaClient
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@Suite("The code in the documentation", .timeLimit(.minutes(5)))
struct SnippetTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    private static let articles = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/KafkaClient/KafkaClient.docc")

    private static func files(in folder: URL, _ kind: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == kind }
    }

    /// The blocks between two kinds of line, without the indentation of the first line.
    private static func blocks(of text: String, from start: String, to end: String) -> [String] {
        var blocks: [String] = []
        var block: [String]?
        var indentation = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            switch (line.drop { $0 == " " }, block) {
            case (let bare, nil) where bare == start:
                block = []
                indentation = line.count - bare.count
            case (let bare, let lines?) where bare == end:
                blocks.append(lines.joined(separator: "\n"))
                block = nil
            case (_, .some):
                block?.append(String(line.dropFirst(indentation)))
            default:
                break
            }
        }
        return blocks
    }

    @Test("every block of Swift in the articles is compiled here, to the letter, and no snippet is without its article")
    func verbatim() throws {
        let shown = try Self.files(in: Self.articles, "md").flatMap {
            Self.blocks(of: try String(contentsOf: $0, encoding: .utf8), from: "```swift", to: "```")
        }
        let compiled = try Self.files(in: Self.folder, "swift").filter { $0.lastPathComponent != "SnippetTests.swift" }.flatMap {
            Self.blocks(of: try String(contentsOf: $0, encoding: .utf8), from: "// snippet", to: "// end")
        }
        #expect(shown.count > 12)
        #expect(Set(shown).subtracting(compiled) == [])
        #expect(Set(compiled).subtracting(shown) == [])
    }

    // MARK: - What they do

    private func producer(_ kafka: KafkaConfiguration) throws -> Producer { try Producer(kafka, logger: .quiet) }

    @Test("getting started: a record is sent and read, and the services shut down")
    func gettingStarted() async throws {
        let (cluster, kafka) = try MockSnippets.cluster()
        let snippets = GettingStartedSnippets(servers: cluster.bootstrapServers, logger: .quiet)
        #expect(try await snippets.send().offset == 0)
        struct Enough: Error {}
        await #expect(throws: Enough.self) {
            try await snippets.read(kafka) { record in
                #expect(record.value == bytes("placed"))
                throw Enough()
            }
        }
        #expect(!"\(snippets.secured("hunter2"))".contains("hunter2"))

        struct Worker: Service { func run() async throws { try await gracefulShutdown() } }
        let (producer, consumer) = (try producer(kafka), try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet))
        let services = Task { try await snippets.services(producer, consumer, Worker()) }
        services.cancel()
        _ = await services.result
        #expect(await failure { try await producer.enqueue(ProducerRecord(topic: "orders")) }?.code == .closed)
        #expect(throws: KafkaError(.closed, "the consumer is closed")) { try consumer.assignment() }
    }

    @Test("producing: all of it arrives")
    func producing() async throws {
        let (cluster, kafka) = try MockSnippets.cluster()
        try cluster.createTopic("customers")
        let snippets = ProducingSnippets(producer: try producer(kafka), logger: .quiet)
        try await snippets.many()
        var (offsets, refusals) = ([Int64](), [KafkaError.Code]())
        await snippets.batch(
            snippets.records(), onStored: { offsets.append($1) }, onRejected: { refusals.append($1.code) }
        )
        #expect(offsets == [0])
        // There are two partitions, so there is no partition 3.
        #expect(refusals == [.unknownTopicOrPartition])
        #expect(await snippets.shutDown() == 0)
        #expect(try await ConsumingSnippets.withoutGroup(kafka, logger: .quiet).count == 1_000)
        withExtendedLifetime(cluster) {}
    }

    @Test("consuming: records are dealt with, committed, and committed before partitions go")
    func consuming() async throws {
        let (cluster, kafka) = try MockSnippets.cluster()
        let producer = try producer(kafka)
        for value in ["a", "b"] { _ = try await producer.send(ProducerRecord(topic: "orders", partition: 0, value: bytes(value))) }
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
        let progress = Progress()
        try consumer.subscribe(["orders"], listener: CommitBeforeRevoke(consumer: consumer, progress: progress))
        let snippets = ConsumingSnippets(consumer: consumer)
        let partition = TopicPartition("orders", 0)
        try await withThrowingTaskGroup { group in
            group.addTask { try await snippets.loop { progress.note($0) } }
            try await eventually("both are committed") {
                try await consumer.committed([partition], timeout: .seconds(10)) == [partition: 2]
            }
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result { #expect((error as? KafkaError)?.code == .cancelled) }
            }
        }
        _ = try await producer.send(ProducerRecord(topic: "orders", partition: 0, value: bytes("ccc")))
        var total: Int?
        try await eventually("the third is shown") {
            total = try await snippets.borrowed() ?? total
            return total == 3
        }
        progress.note(ConsumedRecord(topic: "orders", partition: 0, offset: 2))
        await consumer.close()
        let heir = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
        #expect(try await heir.committed([partition], timeout: .seconds(10)) == [partition: 3])
        await heir.close()
        await producer.close()
        withExtendedLifetime(cluster) {}
    }

    @Test("transactions and errors: each way to fail is taken")
    func transactions() async throws {
        let (cluster, kafka) = try MockSnippets.cluster()
        let snippets = TransactionSnippets(kafka: kafka, logger: .quiet)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
        let producer = try await snippets.readAndWrite(consumer) { ProducerRecord(topic: "invoices", key: $0.key) }
        var taken: [String] = []
        let record = ProducerRecord(topic: "orders")
        for faults in [[], [MockFault.topicAuthorizationFailed]] {
            cluster.push(faults, for: .addPartitionsToTransaction)
            try await snippets.whatNow(producer, record, rewind: { taken.append("rewind") }, startOver: { taken.append("start over") })
        }
        cluster.push([.producerFenced], for: .endTransaction)
        try await snippets.whatNow(producer, record, rewind: { taken.append("rewind") }, startOver: { taken.append("start over") })
        #expect(taken == ["rewind", "start over"])
        await consumer.close()

        let plain = try self.producer(kafka)
        for fault in [MockFault.messageTooLarge, .outOfOrderSequence] {
            cluster.push([fault], for: .produce)
            try await snippets.errors(
                plain, record, replaceProducer: { taken.append("replace") }, setAside: { _ in taken.append("set aside") }
            )
        }
        #expect(taken.suffix(2) == ["set aside", "replace"])
        await plain.close()
    }

    @Test("the mock: what is late arrives, what is answered wrongly is sent again")
    func mock() async throws {
        let (cluster, kafka) = try MockSnippets.cluster()
        let producer = try producer(kafka)
        for partition in Int32(0)...1 { try cluster.setLeader(of: TopicPartition("orders", partition), broker: 1) }
        _ = try await producer.send(ProducerRecord(topic: "orders", partition: 0))
        #expect(try await MockSnippets.brokerAway(cluster, producer).topic == "orders")
        for broker in Int32(2)...3 { try cluster.setUp(broker: broker) }
        try await MockSnippets.wrongAnswers(cluster, producer)
        await producer.close()
    }
}
