import KafkaClient
import Logging

/// Puts the input in, never far ahead of what is worked off: the workers have something in hand all the time, and the broker's death
/// finds the feeder in the midst of it, too.
struct Feeder {
    private let producer: Producer
    private let topic: String

    private static let lead = 6_000
    private static let portion = 1_000

    init(_ kafka: KafkaConfiguration, topic: String, logger: Logger) throws {
        producer = try Producer(kafka, logger: logger)
        self.topic = topic
    }

    /// Returns when every record is acknowledged.
    func feed(_ count: Int, workedOff: @Sendable () -> Int) async throws {
        do {
            for start in stride(from: 0, to: count, by: Self.portion) {
                while start - workedOff() > Self.lead { try await Task.sleep(for: .milliseconds(10)) }
                for number in start..<min(start + Self.portion, count) {
                    let (key, value) = Tally.input(number)
                    try await producer.enqueue(ProducerRecord(topic: topic, key: Array(key.utf8), value: Array(value.utf8)))
                }
            }
            try await producer.flush(timeout: .seconds(120))
        } catch {
            await producer.close(timeout: .zero)
            throw error
        }
        await producer.close()
    }
}
