import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("A reader of committed records")
struct CompactedTransactionsTests {
    /// A log with the little of a broker that transactions need, and what its records should amount to.
    private final class Broker {
        struct Aborted { var producer: Int64, first: Int64, marker: Int64 }
        struct Change { var offset: Int64, key: String, value: String? }

        let fixture: LogFixture
        let configuration: LogConfiguration
        var log: PartitionLog
        var aborted: [Aborted] = []
        /// Of each producer: where its open transaction began, and what it holds.
        var open: [Int64: [Change]] = [:]
        var sequences: [Int64: Int32] = [:]
        private var decided: [String: Change] = [:]

        /// The value of each key; transactions take effect where their records are, not where they end.
        var expected: [String: String] { decided.compactMapValues(\.value) }

        init() throws {
            var configuration = LogConfiguration()
            (configuration.compacts, configuration.deletes) = (true, false)
            (configuration.segmentBytes, configuration.indexIntervalBytes) = (600, 100)
            configuration.deleteRetentionMilliseconds = 160
            configuration.minCleanableDirtyRatio = nil
            self.configuration = configuration
            fixture = try LogFixture(.memory)
            log = try fixture.open(configuration)
        }

        func append(_ producer: Int64, _ changes: [(key: String, value: String?)], isTransactional: Bool) throws {
            let sequence = sequences[producer, default: 0]
            let offset = try log.append(
                .sample(
                    keys: changes.map(\.key), values: changes.map(\.value), producer: (producer, 0, sequence),
                    isTransactional: isTransactional))
            sequences[producer] = sequence + Int32(changes.count)
            let placed = changes.enumerated().map { index, change in
                Change(offset: offset + Int64(index), key: change.key, value: change.value)
            }
            if isTransactional { open[producer, default: []] += placed } else { decide(placed) }
        }

        private func decide(_ changes: [Change]) {
            for change in changes where change.offset >= decided[change.key]?.offset ?? 0 {
                decided[change.key] = change
            }
        }

        func end(_ producer: Int64, _ kind: ControlRecord.Kind) throws {
            guard let transaction = open.removeValue(forKey: producer) else { return }
            let marker = ControlRecord(kind)
            let offset = try log.append(marker.batch(producerID: producer, producerEpoch: 0, timestamp: 0))
            if kind == .abort {
                aborted.append(Aborted(producer: producer, first: transaction[0].offset, marker: offset))
            } else {
                decide(transaction)
            }
        }

        func compact(now: Int64) throws {
            let lastStable = open.values.map { $0[0].offset }.min() ?? log.endOffset
            let removed = try log.compact(now: now, upTo: lastStable).removedAbortMarkers
            aborted.removeAll { removed.contains($0.marker) }
        }

        /// What a consumer makes of the log that has read all of it, as clients do (`Fetcher` of the Java client).
        func seen() throws -> [String: String] {
            var seen: [String: String] = [:]
            var aborting: Set<Int64> = []
            var pending = aborted.sorted { $0.first < $1.first }[...]
            let undecided = open.mapValues { $0[0].offset }
            var next = log.startOffset
            while true {
                let slice = try log.read(from: next, maxBytes: 500)
                if slice.bytes.readableBytes == 0 { return seen }
                for batch in try slice.batches() {
                    while let first = pending.first, first.first <= batch.header.lastOffset {
                        aborting.insert(first.producer)
                        pending.removeFirst()
                    }
                    let producer = batch.header.producerID
                    if let marker = batch.header.isControl ? try ControlRecord(in: batch.bytes) : nil {
                        if marker.kind == .abort { aborting.remove(producer) }
                        continue
                    }
                    let isHidden = aborting.contains(producer) || undecided[producer] ?? .max <= batch.header.baseOffset
                    if batch.header.isTransactional && isHidden { continue }
                    for record in try RecordBatch.records(in: batch.bytes) {
                        seen[record.key.map { String(buffer: $0) } ?? ""] = record.value.map { String(buffer: $0) }
                    }
                }
                next = slice.nextOffset
            }
        }
    }

    @Test(
        "sees the same before and after any compaction, and each producer's last sequence number stays known",
        arguments: 0..<12)
    func sameView(seed: Int) throws {
        let broker = try Broker()
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var now: Int64 = 0
        for step in 0..<400 {
            let producer = Int64(random(4))
            switch random(12) {
            case 0..<6:
                let changes = (0...random(3)).map { part in
                    (key: "k\(random(12))", value: random(5) == 0 ? nil : "\(step).\(part)")
                }
                // Producer 3 is idempotent only.
                try broker.append(producer, changes, isTransactional: producer != 3)
            case 6, 7: try broker.end(producer, .commit)
            case 8: try broker.end(producer, .abort)
            case 9: broker.log = try broker.fixture.open(broker.configuration)
            default:
                now += Int64(random(100))
                try broker.compact(now: now)
                #expect(try broker.seen() == broker.expected, "seed \(seed), step \(step)")
                // Within delete.retention.ms of the clock's last steps no producer is old enough to be forgotten.
                if now < 160 {
                    var last: [Int64: Int32] = [:]
                    for header in try broker.log.headers() where !header.isControl {
                        last[header.producerID] = header.lastSequence + 1
                    }
                    #expect(last == broker.sequences)
                }
            }
        }
        #expect(broker.log.sizeInBytes < 60_000)
    }
}
