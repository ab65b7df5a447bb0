import NIOCore

/// One member of a consumer group.
final class Member {
    struct Offer: Hashable {
        var name: String
        var metadata: ByteBuffer
    }

    let id: String
    let instanceID: String?
    let clientID: String
    let host: String
    /// Milliseconds, as the next ones.
    var sessionTimeout: Int64
    var rebalanceTimeout: Int64
    /// The assignment protocols it can do, best first.
    var protocols: [Offer]
    var assignment = ByteBuffer()
    /// Waiting for the group to gather; answered with the generation's outcome.
    var join: ((WireValue) -> Void)?
    /// Waiting for the leader's assignment.
    var sync: ((WireValue) -> Void)?
    /// Has asked for its assignment in the generation that stands.
    var hasSynced = false
    /// Runs out unless the member is heard of.
    var session: Timers.Timer?

    init(
        id: String, instanceID: String?, clientID: String, host: String, sessionTimeout: Int64, rebalanceTimeout: Int64, protocols: [Offer]
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

    func answerJoin(_ answer: WireValue) {
        let reply = join
        join = nil
        reply?(answer)
    }

    func answerSync(_ answer: WireValue) {
        let reply = sync
        sync = nil
        reply?(answer)
    }
}
