import KafkaClient
import Logging

/// Puts the input in, never far ahead of what is worked off: the workers have something in hand all the time, and the broker's death
/// finds the feeder in the midst of it, too.
struct Feeder {
    private let producer: Producer
    private let topic: String

    private static let lead = 6_000
    private static let portion = 1_000
    private static let drop = 100

    init(_ kafka: KafkaConfiguration, topic: String, logger: Logger) throws {
        producer = try Producer(kafka, logger: logger)
        self.topic = topic
    }

    /// Feeds `count` records, then a trickle until `isEnough`: a fault that is still to come needs a batch to strike in.
    ///
    /// Returns how many it were, when every record is acknowledged.
    func feed(_ count: Int, until isEnough: @Sendable () async -> Bool, workedOff: @Sendable () -> Int) async throws -> Int {
        var fed = 0
        do {
            while fed < count {
                while fed - workedOff() > Self.lead { try await Task.sleep(for: .milliseconds(10)) }
                let portion = fed..<min(fed + Self.portion, count)
                try await enqueue(portion)
                fed = portion.upperBound
            }
            while await !isEnough() {
                try await enqueue(fed..<(fed + Self.drop))
                fed += Self.drop
                try await Task.sleep(for: .milliseconds(50))
            }
            try await producer.flush(timeout: .seconds(120))
        } catch {
            await producer.close(timeout: .zero)
            throw error
        }
        await producer.close()
        return fed
    }

    private func enqueue(_ numbers: Range<Int>) async throws {
        for number in numbers {
            let (key, value) = Tally.input(number)
            try await producer.enqueue(ProducerRecord(topic: topic, key: Array(key.utf8), value: Array(value.utf8)))
        }
    }
}
