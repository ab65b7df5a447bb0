import KafkaClient

/// A range of a topic, fixed before the first record is read: for each partition the first offset, and the one to stop before.
struct TopicRange {
    var bounds: [TopicPartition: Range<Int64>]

    var isEmpty: Bool { bounds.values.allSatisfy(\.isEmpty) }

    /// Asks the broker for offsets; `partitions` narrows the topic to these.
    static func resolve(
        topic: String, partitions wanted: [Int32], from: Bound, to: Bound, consumer: Consumer, timeout: Duration
    ) async throws(KafkaError) -> TopicRange {
        let all = try await consumer.partitions(of: topic, timeout: timeout)
        let partitions = all.filter { wanted.isEmpty || wanted.contains($0) }.map { TopicPartition(topic, $0) }
        var watermarks: [TopicPartition: Watermarks] = [:]
        for partition in partitions { watermarks[partition] = try await consumer.watermarks(partition, timeout: timeout) }
        let starts = try await offsets(from, watermarks, consumer, timeout)
        let ends = try await offsets(to, watermarks, consumer, timeout)
        var bounds: [TopicPartition: Range<Int64>] = [:]
        for partition in partitions {
            let start = starts[partition] ?? 0
            bounds[partition] = start..<max(start, ends[partition] ?? start)
        }
        return TopicRange(bounds: bounds)
    }

    private static func offsets(
        _ bound: Bound, _ watermarks: [TopicPartition: Watermarks], _ consumer: Consumer, _ timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        switch bound {
        case .beginning: return watermarks.mapValues(\.low)
        case .end: return watermarks.mapValues(\.high)
        case .offset(let offset): return watermarks.mapValues { min(max(offset, $0.low), $0.high) }
        case .time(let time):
            let found = try await consumer.offsets(at: watermarks.mapValues { _ in time }, timeout: timeout)
            return watermarks.reduce(into: [:]) { $0[$1.key] = (found[$1.key] ?? nil) ?? $1.value.high }
        }
    }
}
