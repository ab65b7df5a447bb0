import ArgumentParser
import Foundation
import JSONSchema
import KafkaClient

struct Consume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the records of a topic as JSON lines.",
        discussion: """
            Reads committed records from outside any group and stops at the end of the topic, unless told to follow. The lines go \
            back in with `ferry produce` without loss.

              ferry consume order.events --from -1h
              ferry consume order.dlq --tail 5
              ferry consume cart.events --follow --data-only
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

    @Option(name: [.customShort("n"), .long], help: "Stop after this many records.")
    var count: Int?

    @Option(help: "Only the last this many records of each partition.")
    var tail: Int64?

    @Flag(name: .shortAndLong, help: "Go on with what is still to come.")
    var follow = false

    @Option(help: "Only records with this key.")
    var key: String?

    @Option(help: "Only events of this type.")
    var type: String?

    @Flag(help: "Print the value alone.")
    var dataOnly = false

    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count must be at least 1") }
        if let tail, tail < 1 { throw ValidationError("--tail must be at least 1") }
        if follow, to != "end" { throw ValidationError("--follow has no end: leave out --to") }
        _ = try bound(from)
        _ = try bound(to)
    }

    func run() async throws {
        var left = count ?? .max
        let start = try bound(from)
        var skip: [Int32: Int64] = [:]
        try await RangeReader(options: broker).read(
            topic: broker.physical(topic), partitions: partition, from: start, to: try bound(to), follow: follow,
            prepare: { range in
                for (partition, bounds) in range.bounds {
                    skip[partition.partition] = tail.map { max(bounds.lowerBound, bounds.upperBound - $0) }
                }
            }
        ) { record in
            if let first = skip[record.partition], record.offset < first { return true }
            guard wants(record) else { return true }
            if dataOnly {
                try Output.write((record.value ?? Array("null".utf8)) + [0x0A])
            } else {
                try Output.line(RecordLine(record).json)
            }
            left -= 1
            return left > 0
        }
    }

    private func wants(_ record: ConsumedRecord) -> Bool {
        if let key, record.key != Array(key.utf8) { return false }
        if let type, !record.headers.contains(KafkaHeader("ce_type", type)) { return false }
        return true
    }

    private func bound(_ text: String) throws -> Bound {
        guard let bound = Bound(text, now: Int64(Date().timeIntervalSince1970 * 1_000)) else {
            throw ValidationError("\(text) is not a place in a topic; write \(Bound.help)")
        }
        return bound
    }
}
