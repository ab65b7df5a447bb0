import NIOCore

/// A consumer group: who is in it, and in which phase of agreeing on an assignment it is (Kafka's `GroupMetadata`).
final class Group {
    enum Phase: String {
        /// Nobody is in it; it may have offsets.
        case empty = "Empty"
        /// A new generation gathers; members are to join.
        case preparing = "PreparingRebalance"
        /// The generation stands; the leader's assignment is awaited.
        case completing = "CompletingRebalance"
        /// Everyone has an assignment.
        case stable = "Stable"
    }

    let id: String
    var phase = Phase.empty
    var generation: Int32 = 0
    var protocolType = ""
    var protocolName = ""
    var leader: String?
    /// In the order in which they joined.
    var members: [Member] = []
    /// Ids that were handed out and not used yet.
    var announced: Set<String> = []
    /// Waits for members who start together, even if all that are known have come.
    var isDelayed = false
    /// Ends the gathering, or the wait for everybody's sync after it.
    var deadline: Timers.Timer?

    init(id: String) { self.id = id }

    func member(_ id: String) -> Member? { members.first { $0.id == id } }

    func member(instance: String) -> Member? { members.first { $0.instanceID == instance } }

    /// Everyone that is expected has come.
    var isGathered: Bool { announced.isEmpty && members.allSatisfy { $0.join != nil } }

    /// How long the slowest of them may take to come back.
    var patience: Int64 { members.map(\.rebalanceTimeout).max() ?? 0 }

    /// The protocol that all can do and most prefer.
    func chooseProtocol() -> String {
        let common = members.dropFirst().reduce(into: Set(members.first?.protocols.map(\.name) ?? [])) { common, member in
            common.formIntersection(member.protocols.map(\.name))
        }
        var votes: [String: Int] = [:]
        for member in members {
            if let vote = member.protocols.first(where: { common.contains($0.name) }) { votes[vote.name, default: 0] += 1 }
        }
        let best = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best?.key ?? ""
    }

    /// Whether a member with these protocols can be in it with the others.
    func accepts(_ names: [String], type: String) -> Bool {
        guard !members.isEmpty else { return !names.isEmpty && !type.isEmpty }
        guard type == protocolType else { return false }
        return names.contains { name in members.allSatisfy { $0.protocols.contains { $0.name == name } } }
    }

    /// The topics that the group's members subscribe to, from the consumer protocol's metadata.
    var subscribedTopics: Set<String> {
        guard protocolType == "consumer" else { return [] }
        var topics: Set<String> = []
        for member in members {
            var bytes = member.metadata(for: protocolName)
            guard let (_, count) = bytes.readMultipleIntegers(as: (Int16, Int32).self) else { continue }
            for _ in 0..<max(0, min(Int(count), bytes.readableBytes)) {
                guard let length = bytes.readInteger(as: Int16.self), let topic = bytes.readString(length: max(0, Int(length)))
                else { break }
                topics.insert(topic)
            }
        }
        return topics
    }
}
