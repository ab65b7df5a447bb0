import Foundation
import Logging
import NIOCore

/// A topic with its partitions.
final class Topic {
    let name: String
    let id: ByteBuffer
    var partitions: [Partition] = []
    var settings: TopicSettings

    init(name: String, id: ByteBuffer, settings: TopicSettings) {
        self.name = name
        self.id = id
        self.settings = settings
    }
}

/// All topics, in memory or below a folder, where a list of them is kept beside their logs.
final class TopicStore {
    private struct Listing: Codable {
        struct Entry: Codable {
            var name: String
            var id: [UInt8]
            var partitions: Int
            var settings: [String: String]
        }
        var topics: [Entry]
    }

    private let folder: String?
    private let logger: Logger
    private(set) var topics: [String: Topic] = [:]

    init(folder: String?, logger: Logger) throws {
        self.folder = folder
        self.logger = logger
        guard let folder else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let data = FileManager.default.contents(atPath: listing) else { return }
        for entry in try JSONDecoder().decode(Listing.self, from: data).topics {
            let topic = Topic(
                name: entry.name, id: ByteBuffer(bytes: entry.id), settings: try TopicSettings(entry.settings))
            try addPartitions(to: topic, count: entry.partitions)
            topics[entry.name] = topic
        }
    }

    private var listing: String { (folder ?? "") + "/topics.json" }

    func partition(_ topic: String, _ index: Int32) throws(ErrorCode) -> Partition {
        guard let found = topics[topic], index >= 0, Int(index) < found.partitions.count else {
            throw .unknownTopicOrPartition
        }
        return found.partitions[Int(index)]
    }

    func create(_ name: String, partitions: Int, settings: TopicSettings) throws -> Topic {
        let topic = Topic(
            name: name, id: ByteBuffer(bytes: (0..<16).map { _ in UInt8.random(in: 0...255) }), settings: settings)
        try addPartitions(to: topic, count: partitions)
        topics[name] = topic
        try save()
        return topic
    }

    func grow(_ topic: Topic, to count: Int) throws {
        try addPartitions(to: topic, count: count)
        try save()
    }

    func delete(_ name: String) throws {
        guard let topic = topics.removeValue(forKey: name) else { return }
        try save()
        for partition in topic.partitions { try partition.log.delete() }
    }

    func apply(_ settings: TopicSettings, to topic: Topic) throws {
        topic.settings = settings
        for partition in topic.partitions { partition.log.configuration = settings.log }
        try save()
    }

    /// A legal name as Kafka defines it.
    static func isLegal(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 249 && name != "." && name != ".."
            && name.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0)
            }
    }

    private func addPartitions(to topic: Topic, count: Int) throws {
        for index in topic.partitions.count..<max(count, topic.partitions.count) {
            let log = try PartitionLog.open(
                at: folder.map { "\($0)/\(topic.name)-\(index)" }, configuration: topic.settings.log, logger: logger)
            topic.partitions.append(try Partition(topic: topic.name, index: Int32(index), log: log))
        }
    }

    private func save() throws {
        guard folder != nil else { return }
        let entries = topics.values.sorted { $0.name < $1.name }.map {
            Listing.Entry(
                name: $0.name, id: Array($0.id.readableBytesView), partitions: $0.partitions.count,
                settings: $0.settings.overrides)
        }
        try JSONEncoder().encode(Listing(topics: entries)).write(to: URL(fileURLWithPath: listing), options: .atomic)
    }
}
