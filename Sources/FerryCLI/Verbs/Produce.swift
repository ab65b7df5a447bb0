import ArgumentParser
import EventContracts
import Foundation
import JSONSchema
import KafkaClient

struct Produce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publish events: from flags, a file, or standard input.",
        discussion: """
            With TYPE, a line is the data of an event of that type. Without it, a line is an event as CloudEvents JSON \
            ({"type":…,"partitionkey":…,"data":…}) or a record as `ferry consume` prints it.

            Everything is validated against its schema before anything is sent.

              ferry produce shop.cart.add-item.v1 --key cart-1 \\
                --data '{"cartId":"cart-1","sku":"cd-7","quantity":1,"unitPriceCents":999}'
              ferry produce --file journeys.jsonl
              ferry consume cart.commands | ferry produce --topic cart.commands -b elsewhere:9092
            """
    )

    @Argument(help: "The type of the events, for example shop.cart.add-item.v1.")
    var type: String?

    @Option(help: "The data of one event, as JSON.")
    var data: String?

    @Option(help: "File of JSON lines; - for standard input.")
    var file: String?

    @Option(help: "The key of the records.")
    var key: String?

    @Option(help: "The member of the data that holds the key.")
    var keyField: String?

    @Option(help: "The topic, if it isn't the one that the manifests name for the type.")
    var topic: String?

    @Option(help: "Send at most this many records a second.")
    var rate: Int?

    @Flag(help: "Put records back as they are, valid events or not.")
    var unchecked = false

    @Flag(help: "Print a line with topic, partition and offset for each record.")
    var report = false

    @OptionGroup var contracts: ContractOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        if data != nil, file != nil { throw ValidationError("--data and --file exclude each other") }
        if data != nil, type == nil { throw ValidationError("--data needs the TYPE of the event before it") }
        if key != nil, keyField != nil { throw ValidationError("--key and --key-field exclude each other") }
        if unchecked, type != nil { throw ValidationError("--unchecked is for records of `ferry consume`: leave out the TYPE") }
        if let rate, rate < 1 { throw ValidationError("--rate must be at least 1") }
    }

    func run() async throws {
        let records = try await EventReading(
            type: type, key: key, keyField: keyField, topic: topic, isUnchecked: unchecked,
            catalogue: contracts.catalogue(), routes: Routes(topic == nil ? contracts.readManifests() : []),
            now: Int64(Date().timeIntervalSince1970 * 1_000)
        ).records(from: lines(), origin: origin)
        do {
            try await send(records)
        } catch let error as KafkaError {
            throw CommandFailure.broker(error, while: "publishing")
        }
    }

    private var origin: String { data != nil ? "--data" : LineReader(path: path).origin }

    private var path: String? { file == "-" ? nil : file }

    private func lines() async throws -> [(number: Int, bytes: [UInt8])] {
        if let data { return [(1, Array(data.utf8))] }
        return try await LineReader(path: path).lines()
    }

    private func send(_ records: [ProducerRecord]) async throws {
        let producer = try Producer(broker.kafka, logger: broker.logger)
        do {
            let start = ContinuousClock.now
            for (index, record) in records.enumerated() {
                try Task.checkCancellation()
                var record = record
                record.topic = broker.physical(record.topic)
                if let rate { try await Task.sleep(until: start + .seconds(Double(index) / Double(rate)), clock: .continuous) }
                if report {
                    let delivery = try await producer.send(record)
                    try Output.line([
                        "offset": .number(JSONNumber(delivery.offset)),
                        "partition": .number(JSONNumber(Int64(delivery.partition))), "topic": .string(delivery.topic),
                    ])
                } else {
                    try await producer.enqueue(record)
                }
            }
            try await producer.flush(timeout: max(broker.patience, .seconds(60)))
        } catch {
            await producer.close(timeout: .seconds(1))
            throw error
        }
        await producer.close()
        Talk.note("published \(records.count) records", quiet: broker.quiet)
    }
}
