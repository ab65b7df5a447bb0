import KafkaClient
import Logging

/// Producing: pipelined, and one awaited record after another.
struct ProducingWork {
    let job: Job
    private let pool = RecordPool()

    init(_ job: Job) {
        self.job = job
    }

    func produce() async throws -> Measurement {
        let producer = try await producer()
        let headers = pool.headers(job.headers)
        let stopwatch = Stopwatch()
        if job.copies {
            for index in 0..<job.records {
                try await producer.enqueue(pool.record(index, topic: job.topic, headers: headers))
            }
        } else {
            for index in 0..<job.records {
                try await producer.enqueue(
                    to: job.topic,
                    key: pool.text.span.extracting(pool.key(index)), value: pool.text.span.extracting(pool.value(index)),
                    headers: headers)
            }
        }
        try await producer.flush(timeout: .seconds(60))
        let measurement = stopwatch.read(records: job.records)
        await producer.close()
        return measurement
    }

    func awaitEach() async throws -> Measurement {
        let producer = try await producer(linger: .zero)
        let stopwatch = Stopwatch()
        for index in 0..<job.records { _ = try await producer.send(pool.record(index, topic: job.topic)) }
        let measurement = stopwatch.read(records: job.records)
        await producer.close()
        return measurement
    }

    private func producer(linger: Duration? = nil) async throws -> Producer {
        let producer = try Producer(
            KafkaConfiguration(bootstrapServers: job.brokers), options: ProducerOptions(linger: linger), logger: .errors)
        // Connected, and knows the topic, before the clock starts.
        _ = try await producer.send(pool.record(0, topic: job.topic))
        return producer
    }
}
