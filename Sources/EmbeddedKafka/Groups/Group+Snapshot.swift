import Foundation
import NIOCore

extension Group {
    /// A group as it is kept in the broker's log: the last generation that everybody agreed on.
    struct Snapshot: Codable {
        struct Member: Codable {
            var id: String
            var instanceID: String?
            var clientID: String
            var host: String
            var sessionTimeout: Int64
            var rebalanceTimeout: Int64
            var metadata: Data
            var assignment: Data
        }

        var id: String
        var generation: Int32
        var protocolType: String
        var protocolName: String
        var leader: String?
        var members: [Member]
    }

    var snapshot: Snapshot {
        Snapshot(
            id: id, generation: generation, protocolType: protocolType, protocolName: protocolName, leader: leader,
            members: members.map {
                Snapshot.Member(
                    id: $0.id, instanceID: $0.instanceID, clientID: $0.clientID, host: $0.host, sessionTimeout: $0.sessionTimeout,
                    rebalanceTimeout: $0.rebalanceTimeout, metadata: Data($0.metadata(for: protocolName).readableBytesView),
                    assignment: Data($0.assignment.readableBytesView))
            })
    }

    convenience init(_ snapshot: Snapshot) {
        self.init(id: snapshot.id)
        generation = snapshot.generation
        protocolType = snapshot.protocolType
        protocolName = snapshot.protocolName
        leader = snapshot.leader
        phase = snapshot.members.isEmpty ? .empty : .stable
        members = snapshot.members.map {
            let member = Member(
                id: $0.id, instanceID: $0.instanceID, clientID: $0.clientID, host: $0.host, sessionTimeout: $0.sessionTimeout,
                rebalanceTimeout: $0.rebalanceTimeout,
                protocols: [.init(name: snapshot.protocolName, metadata: ByteBuffer(bytes: $0.metadata))])
            member.assignment = ByteBuffer(bytes: $0.assignment)
            member.hasSynced = true
            return member
        }
    }
}
