import ArgumentParser

/// One run through KafkaClient; `c-reference` takes the same arguments.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do one piece of work once; print its records, seconds and CPU seconds.", shouldDisplay: false)

    @Argument var work: Work
    @Argument var brokers: String
    @Argument var topic: String
    @Argument var records: Int
    @Argument var headers: Int
    @Argument var output: String?
    @Argument var batch = 0
    @Flag var copies = false

    func run() async throws {
        let job = Job(
            work: work, brokers: brokers, topic: topic, records: records, headers: headers, output: output, batch: batch,
            copies: copies)
        let measurement =
            switch work {
            case .produce: try await ProducingWork(job).produce()
            case .await: try await ProducingWork(job).awaitEach()
            case .consume: try await ConsumingWork(job: job).run()
            case .transactions: try await TransactionWork(job: job).run()
            }
        print(measurement.line)
    }
}
