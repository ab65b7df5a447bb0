import NIOCore

/// One member of a consumer group.
final class Member {
    let id: String
    let instanceID: String?
    let clientID: String
    let host: String
    var sessionTimeout: TimeAmount
    var rebalanceTimeout: TimeAmount
    /// What it can do, best first.
    var protocols: [(name: String, metadata: ByteBuffer)]
    var assignment = ByteBuffer()
    /// Waiting for the group to gather; answered with the generation's outcome.
    var join: ((WireValue) -> Void)?
    /// Waiting for the leader's assignment.
    var sync: ((WireValue) -> Void)?
    /// Runs out unless the member is heard of.
    var session: Scheduled<Void>?

    init(
        id: String, instanceID: String?, clientID: String, host: String, sessionTimeout: TimeAmount,
        rebalanceTimeout: TimeAmount, protocols: [(name: String, metadata: ByteBuffer)]
    ) {
        self.id = id
        self.instanceID = instanceID
        self.clientID = clientID
        self.host = host
        self.sessionTimeout = sessionTimeout
        self.rebalanceTimeout = rebalanceTimeout
        self.protocols = protocols
    }

    func metadata(for name: String) -> ByteBuffer {
        protocols.first { $0.name == name }?.metadata ?? ByteBuffer()
    }
}
