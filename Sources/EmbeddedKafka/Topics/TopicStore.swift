import Foundation
import NIOCore

/// All topics, and the list of them that is kept beside their logs.
final class TopicStore {
    /// A topic as it is listed.
    private struct Entry: Codable {
        var name: String
        var id: [UInt8]
        var partitions: Int
        var settings: [String: String]
    }

    private let storage: Storage
    private(set) var topics: [String: Topic] = [:]
    private let syncs: Bool

    private static let listing = "topics.json"

    /// - Parameter syncs: whether the list is to survive a power cut from the moment that it has changed; changing it waits for the disk.
    init(_ storage: Storage, syncs: Bool) throws {
        self.storage = storage
        self.syncs = syncs
        let root = try storage.root()
        guard let listing = try root.contents(of: Self.listing) else { return }
        guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(listing.readableBytesView)) else {
            throw LogError.damagedListing("\(root.description)/\(Self.listing)")
        }
        for entry in entries {
            let topic = Topic(name: entry.name, id: ByteBuffer(bytes: entry.id), settings: try TopicSettings(entry.settings))
            try addPartitions(to: topic, count: entry.partitions)
            topics[entry.name] = topic
        }
    }

    func partition(_ topic: String, _ index: Int32) throws(ErrorCode) -> Partition {
        guard let found = topics[topic], index >= 0, Int(index) < found.partitions.count else { throw .unknownTopicOrPartition }
        return found.partitions[Int(index)]
    }

    func create(_ name: String, partitions: Int, settings: TopicSettings) throws -> Topic {
        let topic = Topic(name: name, id: ByteBuffer(bytes: (0..<16).map { _ in .random(in: 0...255) }), settings: settings)
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
        for partition in topic.partitions {
            try partition.log.delete()
            storage.forget("\(name)-\(partition.index)")
        }
    }

    func apply(_ settings: TopicSettings, to topic: Topic) throws {
        topic.settings = settings
        for partition in topic.partitions { partition.log.configuration = settings.log }
        try save()
    }

    /// A legal name as Kafka defines it, and none of the broker's own logs.
    static func isLegal(_ name: String) -> Bool {
        !name.isEmpty && !Broker.internalLogs.contains(name) && name.utf8.count <= 249 && name != "." && name != ".."
            && name.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0)
            }
    }

    private func addPartitions(to topic: Topic, count: Int) throws {
        for index in topic.partitions.count..<max(count, topic.partitions.count) {
            let log = try storage.openLog("\(topic.name)-\(index)", topic.settings.log)
            topic.partitions.append(try Partition(topic: topic.name, index: Int32(index), log: log))
        }
    }

    private func save() throws {
        let entries = topics.values.sorted { $0.name < $1.name }.map {
            Entry(name: $0.name, id: Array($0.id.readableBytesView), partitions: $0.partitions.count, settings: $0.settings.overrides)
        }
        try storage.root().replace(Self.listing, with: ByteBuffer(bytes: JSONEncoder().encode(entries)), syncing: syncs)
    }
}
