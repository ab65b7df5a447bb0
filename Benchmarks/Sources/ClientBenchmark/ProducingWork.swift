import KafkaClient
import Logging

/// Producing: pipelined, and one awaited record after another.
struct ProducingWork {
    private let job: Job
    private let pool = RecordPool()
    private let headers: [KafkaHeader]

    init(_ job: Job) {
        self.job = job
        let names = ["ce_id", "ce_type", "ce_source", "ce_specversion"]
        headers = names.prefix(job.headers).enumerated().map { [pool] index, name in
            KafkaHeader(name, Array(pool.value(index).prefix(24)))
        }
    }

    private func producer(linger: Duration? = nil) async throws -> Producer {
        let producer = try Producer(
            KafkaConfiguration(bootstrapServers: job.brokers), options: ProducerOptions(linger: linger),
            logger: Logger(label: "client-benchmark"))
        // Connected, and knows the topic, before the clock starts.
        _ = try await producer.send(record(0))
        return producer
    }

    private func record(_ index: Int) -> ProducerRecord {
        ProducerRecord(topic: job.topic, key: pool.key(index), value: pool.value(index), headers: headers)
    }

    func produce() async throws -> Measurement {
        let producer = try await producer()
        let stopwatch = Stopwatch()
        for index in 0..<job.records { try await producer.enqueue(record(index)) }
        try await producer.flush(timeout: .seconds(60))
        let measurement = stopwatch.read(records: job.records)
        await producer.close()
        return measurement
    }

    func awaitEach() async throws -> Measurement {
        let producer = try await producer(linger: .zero)
        let stopwatch = Stopwatch()
        for index in 0..<job.records { _ = try await producer.send(record(index)) }
        let measurement = stopwatch.read(records: job.records)
        await producer.close()
        return measurement
    }
}
