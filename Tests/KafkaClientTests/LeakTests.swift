#if os(Linux)
import Foundation
import KafkaClient
import Logging
import Testing

/// Alone, because it counts what the whole process holds.
@Suite("What a close leaves behind", .serialized, .timeLimit(.minutes(60)))
struct LeakTests {
    private func count(_ folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).count
    }

    /// Threads that librdkafka names `rdk:…`. Those of Swift and Dispatch come and go by
    /// themselves.
    private func nativeThreads(of client: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count { task in
            (try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8))?
                .hasPrefix(client) == true
        }
    }

    /// As many as FERRY_CYCLES says. Memory is asked of LeakSanitizer: `make test-asan`.
    @Test("thirty clients of each kind, opened, used and closed, leave no thread and no file behind")
    func cycles() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let kafka = KafkaConfiguration(bootstrapServers: cluster.bootstrapServers)

        func cycle() async throws {
            let producer = try Producer(kafka, logger: .quiet)
            _ = try await producer.send(ProducerRecord(topic: "t", headers: [KafkaHeader("a", "1")]))
            await producer.close()
            let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: nil), logger: .quiet)
            try consumer.assign([TopicPartition("t", 0): .earliest])
            _ = try await consumer.take(1)
            await consumer.close()
            let member = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
            try member.subscribe(["t"])
            _ = try await member.poll(maxRecords: 1, timeout: .zero)
            await member.close()
            let admin = try AdminClient(kafka, logger: .quiet)
            _ = try await admin.metadata(topics: ["t"], timeout: .seconds(10))
            await admin.close()
            let transactional = try TransactionalProducer(kafka, transactionalID: "x", logger: .quiet)
            try await transactional.initialize(timeout: .seconds(20))
            await transactional.close()
        }

        try await cycle()
        let files = try count("/proc/self/fd")
        for _ in 0..<(Environment.number("FERRY_CYCLES") ?? 30) { try await cycle() }
        // Other suites open and close files of their own meanwhile; a client has ten or more.
        #expect(try count("/proc/self/fd") < files + 200)
        try await eventually("the background threads are gone") { try nativeThreads(of: "rdk:bg") < 50 }
    }

    @Test("clients that are dropped without a close end too")
    func dropped() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let kafka = KafkaConfiguration(bootstrapServers: cluster.bootstrapServers)
        for _ in 0..<60 {
            let producer = try Producer(kafka, logger: .quiet)
            try await producer.enqueue(ProducerRecord(topic: "t"))
            _ = try Consumer(ConsumerConfiguration(kafka, groupID: "g"), logger: .quiet)
        }
        try await eventually("their threads are gone") { try nativeThreads(of: "rdk:bg") < 50 }
    }
}
#endif
