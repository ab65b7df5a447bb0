import EventContracts
import KafkaClient

/// Proves, before the first record is read, that the topics fit each other: partition i of everything a service reads and
/// writes belongs together, so their counts must be equal.
struct TopicCheck: Sendable {
    let topics: ServiceTopics
    let consumer: Consumer
    let timeout: Duration

    /// - Throws: ``WorkerError/topics(_:)`` naming the topics that are missing or differ, and the remedy.
    func run() async throws {
        let names = topics.inputs + topics.outputs + [topics.changelog, topics.deadLetters]
        var counts: [String: Int] = [:]
        for name in Set(names) { counts[name] = try await partitionCount(name) }
        if let fault = Self.fault(in: counts) { throw WorkerError.topics(fault) }
    }

    /// 0 for a topic that doesn't exist.
    private func partitionCount(_ topic: String) async throws(KafkaError) -> Int {
        do {
            return try await consumer.partitions(of: topic, timeout: timeout).count
        } catch {
            if error.code == .unknownTopicOrPartition { return 0 }
            throw error
        }
    }

    static func fault(in counts: [String: Int]) -> String? {
        let missing = counts.filter { $0.value == 0 }.keys.sorted()
        if !missing.isEmpty {
            return "missing topics: \(missing.joined(separator: ", ")); create them with `ferry topics apply`"
        }
        guard Set(counts.values).count > 1 else { return nil }
        let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) has \($0.value)" }.joined(separator: ", ")
        return "all topics of a service need the same number of partitions, so that state stays local: \(list)"
    }
}
