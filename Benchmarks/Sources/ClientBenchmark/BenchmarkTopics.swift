import Foundation
import KafkaClient
import Logging

/// The topics of the runs: made, filled, and deleted again.
struct BenchmarkTopics {
    private let kafka: KafkaConfiguration
    private let admin: AdminClient

    init(brokers: String) throws {
        kafka = KafkaConfiguration(bootstrapServers: brokers)
        admin = try AdminClient(kafka, logger: .errors)
    }

    func make() async throws -> String {
        let name = "benchmark-\(UUID().uuidString.lowercased())"
        let outcome = try await admin.createTopics([NewTopic(name, partitions: Job.partitions)], timeout: .seconds(20))
        if let error = outcome[name] ?? nil { throw error }
        return name
    }

    func makeFilled(with records: Int) async throws -> String {
        let name = try await make()
        let producer = try Producer(kafka, logger: .errors)
        let pool = RecordPool()
        for index in 0..<records {
            try await producer.enqueue(pool.record(index, topic: name))
        }
        try await producer.flush(timeout: .seconds(120))
        await producer.close()
        return name
    }

    func delete(_ name: String) async throws {
        _ = try await admin.deleteTopics([name], timeout: .seconds(20))
    }

    func close() async {
        await admin.close()
    }
}
