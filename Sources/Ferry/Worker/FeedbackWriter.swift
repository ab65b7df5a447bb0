import EventContracts
import KafkaClient

/// Writes what a service tells itself: the results of its effects and the timers that fired. They are inputs like any
/// other, recorded before anything is made of them.
///
/// Written at least once, outside any transaction: a crash may repeat them, and the processing of the second one finds
/// nothing pending.
struct FeedbackWriter<Contract: ServiceContract>: Sendable {
    let topics: ServiceTopics
    let producer: Producer
    let now: @Sendable () -> Int64

    /// Returns when the broker has acknowledged the result.
    func write(
        _ result: Contract.EffectResult, of effect: PendingEffect<Contract.Effect>, key: String, partition: Int32
    ) async throws {
        let event = CloudEvent(
            id: DerivedID.make(from: [effect.id, "result"]),
            source: source,
            type: result.type,
            time: Timestamp(milliseconds: now()),
            dataSchema: result.schemaID,
            partitionKey: key,
            correlationID: effect.correlationID,
            causationID: effect.id,
            traceParent: effect.traceParent,
            data: try result.encode()
        )
        _ = try await producer.send(record(event, topic: topics.results, partition: partition, key: key))
    }

    /// Returns when there was room for it; ``flush(timeout:)`` waits for the broker.
    func write(fired timer: PendingTimer<Contract.Timer>, key: String, partition: Int32) async throws {
        let fired = TimerFired(timer: timer.timer.rawValue, id: timer.id, dueAt: timer.dueAt)
        let event = CloudEvent(
            id: DerivedID.make(from: [source, key, fired.timer, fired.id, "\(fired.dueAt)"]),
            source: source,
            type: TimerFired.type,
            time: Timestamp(milliseconds: now()),
            partitionKey: key,
            correlationID: timer.correlationID,
            data: fired.encode()
        )
        try await producer.enqueue(record(event, topic: topics.timers, partition: partition, key: key))
    }

    func flush(timeout: Duration) async throws {
        try await producer.flush(timeout: timeout)
    }

    func close() async {
        await producer.close()
    }

    private var source: String { "/\(Contract.manifest.name)" }

    private func record(_ event: CloudEvent, topic: String, partition: Int32, key: String) -> ProducerRecord {
        ProducerRecord(
            OutgoingRecord(
                topic: topic, partition: partition, timestamp: event.time?.milliseconds,
                key: Array(key.utf8), value: event.data, headers: event.headers()))
    }
}
