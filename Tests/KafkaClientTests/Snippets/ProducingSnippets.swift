import KafkaClient
import Logging

/// The code of the article "Producing".
struct ProducingSnippets {
    let producer: Producer
    let logger: Logger

    func many() async throws {
        // snippet
        for number in 0..<1_000 {
            try await producer.enqueue(ProducerRecord(topic: "orders", value: Array("\(number)".utf8)))
        }
        try await producer.flush(timeout: .seconds(30))
        // end
    }

    func batch(
        _ orders: [ProducerRecord],
        onStored: (ProducerRecord, Int64) -> Void,
        onRejected: (ProducerRecord, KafkaError) -> Void
    ) async {
        func note(_ order: ProducerRecord, storedAt offset: Int64) { onStored(order, offset) }
        func reject(_ order: ProducerRecord, because error: KafkaError) { onRejected(order, error) }
        // snippet
        let outcomes = await producer.send(contentsOf: orders)
        for (order, outcome) in zip(orders, outcomes) {
            switch outcome {
            case .success(let delivery): note(order, storedAt: delivery.offset)
            case .failure(let error): reject(order, because: error)
            }
        }
        // end
    }

    func records() -> [ProducerRecord] {
        // snippet
        let tombstone = ProducerRecord(topic: "customers", key: Array("c-17".utf8), value: nil)
        let annotated = ProducerRecord(
            topic: "orders", partition: 3, value: [],
            headers: [KafkaHeader("trace", "4bf92f35"), KafkaHeader("attempt", nil)],
            timestamp: 1_790_000_000_000
        )
        // end
        return [tombstone, annotated]
    }

    func shutDown() async -> Int {
        // snippet
        let lost = await producer.close(timeout: .seconds(20))
        if lost > 0 { logger.error("Records were not delivered", metadata: ["count": "\(lost)"]) }
        // end
        return lost
    }
}
