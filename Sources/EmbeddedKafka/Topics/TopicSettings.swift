import Foundation

/// The settings of a topic, by the names that Kafka gives them, and what they mean for its logs.
struct TopicSettings: Hashable {
    /// What was set for this topic; the rest is as Kafka has it.
    private(set) var overrides: [String: String] = [:]

    private static let standards: [String: String] = [
        "cleanup.policy": "delete", "compression.type": "producer", "delete.retention.ms": "86400000",
        "file.delete.delay.ms": "60000", "flush.messages": "9223372036854775807", "flush.ms": "9223372036854775807",
        "index.interval.bytes": "4096", "max.compaction.lag.ms": "9223372036854775807", "max.message.bytes": "1048588",
        "message.timestamp.type": "CreateTime", "min.cleanable.dirty.ratio": "0.5", "min.compaction.lag.ms": "0",
        "min.insync.replicas": "1", "preallocate": "false", "retention.bytes": "-1", "retention.ms": "604800000",
        "segment.bytes": "134217728", "segment.index.bytes": "10485760", "segment.jitter.ms": "0", "segment.ms": "604800000",
        "unclean.leader.election.enable": "false", "message.timestamp.before.max.ms": "9223372036854775807",
        "message.timestamp.after.max.ms": "3600000",
    ]

    /// Of numbers that may be below 0, or may not be so small.
    private static let leastOf: [String: Int64] = [
        "retention.bytes": -1, "retention.ms": -1, "segment.bytes": 14, "segment.ms": 1, "min.insync.replicas": 1, "segment.index.bytes": 4,
    ]

    init() {}

    /// - Throws: ``ErrorCode/invalidConfig`` for a name that no topic has, or a value that it can't take.
    init(_ overrides: [String: String]) throws(ErrorCode) {
        for (name, value) in overrides { try set(name, value) }
    }

    mutating func set(_ name: String, _ value: String?) throws(ErrorCode) {
        guard let standard = Self.standards[name] else { throw .invalidConfig }
        guard let value else {
            overrides[name] = nil
            return
        }
        switch name {
        case "cleanup.policy":
            let parts = Set(value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
            guard !parts.isEmpty, parts.isSubset(of: ["delete", "compact"]) else { throw .invalidConfig }
        case "compression.type":
            guard ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"].contains(value) else { throw .invalidConfig }
        case "message.timestamp.type":
            guard ["CreateTime", "LogAppendTime"].contains(value) else { throw .invalidConfig }
        case "min.cleanable.dirty.ratio":
            guard let ratio = Double(value), (0...1).contains(ratio) else { throw .invalidConfig }
        default:
            if Int64(standard) != nil {
                guard let number = Int64(value), number >= (Self.leastOf[name] ?? 0) else { throw .invalidConfig }
            } else {
                guard value == "true" || value == "false" else { throw .invalidConfig }
            }
        }
        overrides[name] = value
    }

    subscript(name: String) -> String? { overrides[name] ?? Self.standards[name] }

    var names: [String] { Self.standards.keys.sorted() }

    func isOverridden(_ name: String) -> Bool { overrides[name] != nil }

    private func number(_ name: String) -> Int64 { self[name].flatMap { Int64($0) } ?? 0 }

    var usesAppendTime: Bool { self["message.timestamp.type"] == "LogAppendTime" }
    var millisecondsAhead: Int64 { number("message.timestamp.after.max.ms") }

    var log: LogConfiguration {
        let policy = self["cleanup.policy"] ?? "delete"
        return LogConfiguration(
            segmentBytes: max(1_024, Int(number("segment.bytes"))),
            segmentMilliseconds: max(1, number("segment.ms")),
            retentionMilliseconds: number("retention.ms") < 0 ? nil : number("retention.ms"),
            retentionBytes: number("retention.bytes") < 0 ? nil : Int(number("retention.bytes")),
            compacts: policy.contains("compact"),
            deletes: policy.contains("delete"),
            deleteRetentionMilliseconds: number("delete.retention.ms"),
            minCleanableDirtyRatio: self["min.cleanable.dirty.ratio"].flatMap { Double($0) },
            indexIntervalBytes: Int(max(1, number("index.interval.bytes"))),
            maxMessageBytes: Int(number("max.message.bytes"))
        )
    }
}
