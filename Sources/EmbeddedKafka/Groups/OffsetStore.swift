/// What all groups have committed, and how they stood when they last agreed, in a compacted log.
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

    private enum Record: Codable {
        case offset(group: String, Place, Committed)
        case group(Group.Snapshot)
    }

    static let logName = "__consumer_offsets"

    private let state: StateLog<Record>
    private(set) var groups: [String: [Place: Committed]] = [:]
    /// As they were read at the start.
    private(set) var snapshots: [Group.Snapshot] = []

    init(_ storage: Storage) throws {
        state = try StateLog(Self.logName, in: storage)
        for record in try state.readAll().values {
            switch record {
            case .offset(let group, let place, let committed): groups[group, default: [:]][place] = committed
            case .group(let snapshot): snapshots.append(snapshot)
            }
        }
    }

    var log: PartitionLog { state.log }

    /// Commits all of them or none.
    func commit(_ offsets: [Place: Committed], of group: String, now: Int64) throws {
        try state.write(offsets.map { (Self.key(group, $0), .offset(group: group, $0, $1)) }, at: now)
        groups[group, default: [:]].merge(offsets) { $1 }
    }

    func save(_ group: Group.Snapshot, now: Int64) throws {
        try state.write([(group.id, .group(group))], at: now)
    }

    func delete(_ group: String, _ places: [Place], now: Int64) throws {
        try state.write(places.map { (Self.key(group, $0), nil) }, at: now)
        for place in places { groups[group]?[place] = nil }
    }

    /// Forgets the group with all it has committed.
    func delete(group: String, now: Int64) throws {
        let places = groups[group].map { Array($0.keys) } ?? []
        try state.write([(group, nil)] + places.map { (Self.key(group, $0), nil) }, at: now)
        groups[group] = nil
    }

    func delete(topic: String, now: Int64) throws {
        for (group, places) in groups { try delete(group, places.keys.filter { $0.topic == topic }, now: now) }
    }

    private static func key(_ group: String, _ place: Place) -> String { "\(group)\u{0}\(place.topic)\u{0}\(place.partition)" }
}
