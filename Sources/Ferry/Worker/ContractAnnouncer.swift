import EventContracts
import KafkaClient
import Logging

/// Writes what a worker runs to the topic `ferry.contracts`, before it reads its first record.
///
/// It is bookkeeping for `ferry contracts check`, and no reason not to serve: without the topic, or without the right to write to it,
/// the worker says so in its log and goes on.
struct ContractAnnouncer: Sendable {
    let announcement: ContractAnnouncement
    /// As the broker names it.
    let topic: String
    let consumer: Consumer
    let producer: Producer
    let timeout: Duration
    let logger: Logger

    /// Returns when the broker has acknowledged it, or why it isn't announced was logged.
    func announce() async {
        do {
            // Asked first, because a broker might create the topic for whoever writes to it, and not compact it.
            guard try await exists() else {
                return warn("there is no topic \(topic); create it with `ferry topics apply`")
            }
            let event = announcement.event()
            let record = ProducerRecord(
                topic: topic, key: Array(announcement.key.utf8), value: event.data,
                headers: event.headers().map { KafkaHeader($0.name, $0.value) }, timestamp: event.time?.milliseconds)
            _ = try await producer.send(record)
        } catch {
            warn("\(error)")
        }
    }

    private func exists() async throws(KafkaError) -> Bool {
        do {
            return try await !consumer.partitions(of: topic, timeout: timeout).isEmpty
        } catch {
            if error.code == .unknownTopicOrPartition { return false }
            throw error
        }
    }

    private func warn(_ reason: String) {
        logger.warning("not announced: `ferry contracts check` doesn't know of this worker", metadata: ["reason": "\(reason)"])
    }
}
