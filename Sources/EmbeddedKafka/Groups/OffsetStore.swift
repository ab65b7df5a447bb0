import Logging

/// The committed offsets of all groups, and those that open transactions hold back.
final class OffsetStore {
    struct Committed: Codable, Hashable {
        var offset: Int64
        var leaderEpoch: Int32
        var metadata: String?
    }

    struct Place: Hashable, Codable {
        var topic: String
        var partition: Int32
    }

    private struct Record: Codable {
        var group: String
        var place: Place
        var committed: Committed
    }

    private let log: StateLog<Record>
    private(set) var groups: [String: [Place: Committed]] = [:]

    init(at directory: String?, logger: Logger) throws {
        log = try StateLog(at: directory, logger: logger)
        for record in try log.readAll().values {
            groups[record.group, default: [:]][record.place] = record.committed
        }
    }

    func commit(_ committed: Committed, of group: String, at place: Place, now: Int64) throws {
        groups[group, default: [:]][place] = committed
        try log.write(Record(group: group, place: place, committed: committed), for: key(group, place), at: now)
    }

    func delete(_ group: String, _ place: Place, now: Int64) throws {
        groups[group]?[place] = nil
        try log.write(nil, for: key(group, place), at: now)
    }

    func delete(group: String, now: Int64) throws {
        for place in groups.removeValue(forKey: group)?.keys.map({ $0 }) ?? [] {
            try log.write(nil, for: key(group, place), at: now)
        }
    }

    func delete(topic: String, now: Int64) throws {
        for (group, places) in groups {
            for place in places.keys where place.topic == topic { try delete(group, place, now: now) }
        }
    }

    func maintain(now: Int64) throws { try log.maintain(now: now) }
    func close() throws { try log.close() }

    var logs: [PartitionLog] { [log.log] }

    private func key(_ group: String, _ place: Place) -> String { "\(group)\u{0}\(place.topic)\u{0}\(place.partition)" }
}
