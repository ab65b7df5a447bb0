import ArgumentParser
import EventContracts
import Foundation
import JSONSchema
import KafkaClient

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy a range of a topic to another topic or to a file.",
        discussion: """
            The range is fixed before the first record is read. Key, value, headers, timestamp and partition stay; two headers tell which \
            replay a copy is of, and where its original stands. No group is touched, and nothing is written to the topic itself.

              ferry replay order.events --from -1h --to-file hour.jsonl
              ferry replay order.events --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z --to-topic order.events.replay
            """
    )

    @Argument(help: "The topic.")
    var topic: String

    @Option(parsing: .unconditional, help: "Begin here: \(Bound.help).")
    var from: String = "beginning"

    @Option(parsing: .unconditional, help: "End before here, likewise.")
    var to: String = "end"

    @Option(help: "Only this partition; repeatable.")
    var partition: [Int32] = []

    @Option(help: "Write the copies to this topic.")
    var toTopic: String?

    @Option(help: "Write the copies to this file, as JSON lines; - for standard output.")
    var toFile: String?

    @Flag(help: "Allow a target that a service reads: the service will act on the copies.")
    var allowLive = false

    @Flag(help: "Only say what would be copied.")
    var dryRun = false

    @OptionGroup var contracts: ContractOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        guard (toTopic == nil) != (toFile == nil) else { throw ValidationError("name one target: --to-topic or --to-file") }
        if toTopic == topic { throw ValidationError("a topic can't be replayed into itself") }
        _ = try bound(from)
        _ = try bound(to)
    }

    func run() async throws {
        if let toTopic, !allowLive { try refuseLive(toTopic) }
        let id = DerivedID.random()
        var copied = 0
        let target = try await ReplayTarget.open(topic: toTopic, file: toFile, options: broker, dryRun: dryRun)
        do {
            try await RangeReader(options: broker).read(
                topic: broker.physical(topic), partitions: partition, from: try bound(from), to: try bound(to), follow: false
            ) { record in
                var copy = record
                copy.headers += [
                    KafkaHeader(HeaderName.replayID, id),
                    KafkaHeader(HeaderName.replaySource, "\(record.topic)/\(record.partition)/\(record.offset)"),
                ]
                try await target.write(copy)
                copied += 1
                return true
            }
            try await target.finish()
        } catch let error as KafkaError {
            await target.close()
            throw CommandFailure.broker(error, while: "writing the copies")
        } catch {
            await target.close()
            throw error
        }
        await target.close()
        Talk.note("\(dryRun ? "would copy" : "copied") \(copied) records as replay \(id)", quiet: broker.quiet)
    }

    private func refuseLive(_ target: String) throws(CommandFailure) {
        let readers = try contracts.readManifests().filter { $0.inputTopics.contains(target) }.map(\.name)
        guard readers.isEmpty else {
            throw .invalid("\(target) is read by \(readers.joined(separator: ", ")), which would act on the copies; "
                + "choose another topic, or say --allow-live")
        }
    }

    private func bound(_ text: String) throws -> Bound {
        guard let bound = Bound(text, now: Int64(Date().timeIntervalSince1970 * 1_000)) else {
            throw ValidationError("\(text) is not a place in a topic; write \(Bound.help)")
        }
        return bound
    }
}
