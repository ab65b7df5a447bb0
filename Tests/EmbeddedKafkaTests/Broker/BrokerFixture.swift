import Foundation
import NIOCore

@testable import EmbeddedKafka

/// Runs `body` with a broker of its own and a client of it.
func withBroker(
    _ configuration: EmbeddedKafka.Configuration = .init(), _ body: (EmbeddedKafka, RawClient) async throws -> Void
) async throws {
    let broker = try await EmbeddedKafka.start(configuration)
    do {
        let client = try await RawClient.connect(to: broker)
        try await body(broker, client)
        try? await client.close()
        try await broker.stop()
    } catch {
        try? await broker.stop()
        throw error
    }
}

/// Runs `body` with a folder that is removed after it.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("embedded-kafka-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// What a producer says of itself in a batch.
struct Producing {
    var id: Int64 = -1
    var epoch: Int16 = -1
    var sequence: Int32 = -1
    var isTransactional = false
}

/// What a test wants to know of a fetch.
struct Fetched: Equatable {
    var error: ErrorCode = .none
    var values: [String] = []
    var highWatermark: Int64 = 0
    var stable: Int64 = 0
    /// Producer ids.
    var aborted: [Int64] = []
}

extension WireValue {
    var error: ErrorCode { ErrorCode(rawValue: self.errorCode.int16) ?? .unknownServerError }
    /// The first entry of an answer's first topic.
    func partition(_ list: String = "topics") -> WireValue {
        self[dynamicMember: list].elements.first?.partitions.elements.first ?? [:]
    }
}

extension RawClient {
    func createTopic(_ name: String, partitions: Int = 1, _ settings: [String: String] = [:]) async throws -> ErrorCode {
        let configs = settings.map { WireValue(dictionaryLiteral: ("name", .string($0)), ("value", .string($1))) }
        let topic: WireValue = ["name": .string(name), "partitions": .init(partitions), "replication": 1, "configs": .array(configs)]
        return try await ask("CreateTopics", version: 5, ["topics": [topic], "timeoutMs": 1_000]).topics.elements.first?.error ?? .none
    }

    /// - Returns: the error, and the base offset.
    func produce(
        _ values: [String], to topic: String, as producer: Producing = .init(), acks: Int64 = -1, time: Int64 = .now
    ) async throws -> (ErrorCode, Int64) {
        var builder = RecordBatch.Builder(
            producerID: producer.id, producerEpoch: producer.epoch, baseSequence: producer.sequence,
            isTransactional: producer.isTransactional)
        for value in values { builder.append(key: nil, value: ByteBuffer(string: value), timestamp: time) }
        return try await produce(builder.build().bytes, to: topic, acks: acks)
    }

    func produce(_ records: ByteBuffer, to topic: String, acks: Int64 = -1) async throws -> (ErrorCode, Int64) {
        let entry: WireValue = ["index": 0, "records": .bytes(records)]
        let answer = try await ask(
            "Produce", version: 9, ["acks": .int(acks), "timeoutMs": 1_000, "topics": [["name": .string(topic), "partitions": [entry]]]])
        let partition = answer.partition("responses")
        return (partition.error, partition.baseOffset.int)
    }

    func fetch(
        _ topic: String, from offset: Int64 = 0, isCommittedOnly: Bool = false, maxBytes: Int64 = 1 << 20, minBytes: Int64 = 1,
        wait: Int64 = 0
    ) async throws -> Fetched {
        let entry: WireValue = ["index": 0, "currentLeaderEpoch": -1, "fetchOffset": .int(offset), "maxBytes": .int(maxBytes)]
        let answer = try await ask(
            "Fetch", version: 12,
            [
                "replicaId": -1, "maxWaitMs": .int(wait), "minBytes": .int(minBytes), "maxBytes": .int(maxBytes),
                "isolationLevel": isCommittedOnly ? 1 : 0, "topics": [["name": .string(topic), "partitions": [entry]]],
            ])
        let partition = answer.partition("responses")
        var bytes = partition.records.buffer ?? ByteBuffer()
        var values: [String] = []
        // Apache Kafka may end with a part of a batch.
        while let header = try? RecordBatchHeader(reading: bytes, at: bytes.readerIndex),
            let batch = bytes.readSlice(length: header.sizeInBytes)
        {
            guard !header.isControl else { continue }
            values += try RecordBatch.records(in: batch).compactMap { $0.value.map { String(buffer: $0) } }
        }
        return Fetched(
            error: partition.error, values: values, highWatermark: partition.highWatermark.int, stable: partition.lastStableOffset.int,
            aborted: partition.abortedTransactions.elements.map(\.producerId.int))
    }
}

/// Polls until the condition holds; throws when that takes longer than `limit`.
func eventually(within limit: Duration = .seconds(60), _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw DeadlineExceeded() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct DeadlineExceeded: Error {}

extension Int64 {
    /// Milliseconds since the epoch.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
