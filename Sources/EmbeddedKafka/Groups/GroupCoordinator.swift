import Foundation
import Logging
import NIOCore

/// Who is in which group, and what it has been given (Kafka's `GroupCoordinator`, the classic protocol).
///
/// Joining and leaving is here; how a generation comes about is in `GroupCoordinator+Rebalancing`.
final class GroupCoordinator {
    struct Limits {
        /// How long a group that was empty waits for further members before its first generation.
        var initialDelay: Int64
        var sessionTimeouts: ClosedRange<Int64>
    }

    let timers: Timers
    let logger: Logger
    let limits: Limits
    /// Keeps a group's state when it has changed for good.
    let save: (Group) -> Void
    private(set) var groups: [String: Group] = [:]

    init(
        timers: Timers, logger: Logger, limits: Limits, saved: [Group.Snapshot], save: @escaping (Group) -> Void
    ) {
        self.timers = timers
        self.logger = logger
        self.limits = limits
        self.save = save
        for snapshot in saved {
            let group = Group(snapshot)
            groups[group.id] = group
            for member in group.members { expectSign(of: member, in: group) }
        }
    }

    // MARK: Joining

    func join(_ request: WireValue, version: Int16, clientID: String, host: String, reply: @escaping (WireValue) -> Void) {
        let memberID = request.memberId.text
        let instanceID = request.groupInstanceId.optionalText
        func refuse(_ error: ErrorCode, memberID id: String = memberID) { reply(Self.refusal(error, memberID: id)) }
        guard !request.groupId.text.isEmpty else { return refuse(.invalidGroupID) }
        guard limits.sessionTimeouts.contains(request.sessionTimeoutMs.int) else { return refuse(.invalidSessionTimeout) }
        let group = groups[request.groupId.text] ?? Group(id: request.groupId.text)
        let offers = request.protocols.elements.map { Member.Offer(name: $0.name.text, metadata: $0.metadata.buffer ?? ByteBuffer()) }
        guard group.accepts(offers.map(\.name), type: request.protocolType.text) else { return refuse(.inconsistentGroupProtocol) }
        groups[group.id] = group
        if group.members.isEmpty { group.protocolType = request.protocolType.text }
        func make(_ id: String) -> Member {
            Member(
                id: id, instanceID: instanceID, clientID: clientID, host: host, sessionTimeout: request.sessionTimeoutMs.int,
                rebalanceTimeout: version >= 1 ? request.rebalanceTimeoutMs.int : request.sessionTimeoutMs.int, protocols: offers)
        }
        if let instanceID, let known = group.member(instance: instanceID) {
            if memberID.isEmpty { return replace(known, by: make(Self.newID(instanceID)), in: group, reply) }
            guard known.id == memberID else { return refuse(.fencedInstanceID) }
        }
        if memberID.isEmpty {
            let id = Self.newID(instanceID ?? clientID)
            guard instanceID == nil, version >= 4 else { return add(make(id), to: group, reply) }
            // The client comes back with its id: one that dies in between leaves no member behind (KIP-394).
            announce(id, to: group, for: request.sessionTimeoutMs.int)
            return refuse(.memberIDRequired, memberID: id)
        }
        if group.announced.remove(memberID) != nil { return add(make(memberID), to: group, reply) }
        guard let member = group.member(memberID) else { return refuse(.unknownMemberID) }
        rejoin(member, as: make(memberID), in: group, reply)
    }

    private static func newID(_ stem: String) -> String { "\(stem)-\(UUID().uuidString.lowercased())" }

    private static func refusal(_ error: ErrorCode, memberID: String) -> WireValue {
        ["errorCode": .init(error), "memberId": .string(memberID)]
    }

    private func announce(_ id: String, to group: Group, for timeout: Int64) {
        group.announced.insert(id)
        timers.after(milliseconds: timeout) { [weak self, weak group] in
            guard let self, let group, group.announced.remove(id) != nil else { return }
            self.completeIfGathered(group)
        }
    }

    private func add(_ member: Member, to group: Group, _ reply: @escaping (WireValue) -> Void) {
        group.members.append(member)
        member.join = reply
        expectSign(of: member, in: group)
        prepare(group, because: "\(member.id) joined")
    }

    /// A static member is back under its name: it takes over what its predecessor had, without a rebalance where nothing changes (KIP-345).
    private func replace(_ old: Member, by new: Member, in group: Group, _ reply: @escaping (WireValue) -> Void) {
        let leader = group.leader
        old.session?.cancel()
        old.answerJoin(Self.refusal(.fencedInstanceID, memberID: old.id))
        old.answerSync(["errorCode": .init(ErrorCode.fencedInstanceID)])
        new.assignment = old.assignment
        group.members = group.members.map { $0 === old ? new : $0 }
        if leader == old.id { group.leader = new.id }
        expectSign(of: new, in: group)
        if group.phase == .stable, old.metadata(for: group.protocolName) == new.metadata(for: group.protocolName) {
            new.hasSynced = true
            save(group)
            // Told of its old leader, the member doesn't assign anew: it asks for what it had.
            return reply(joined(new, in: group, leader: leader ?? "", isLeader: false))
        }
        new.join = reply
        prepare(group, because: "\(new.id) replaced \(old.id)")
    }

    private func rejoin(_ member: Member, as new: Member, in group: Group, _ reply: @escaping (WireValue) -> Void) {
        let isSame = member.protocols == new.protocols
        member.answerJoin(Self.refusal(.unknownMemberID, memberID: member.id))
        member.protocols = new.protocols
        member.sessionTimeout = new.sessionTimeout
        member.rebalanceTimeout = new.rebalanceTimeout
        expectSign(of: member, in: group)
        let isLeader = group.leader == member.id
        switch group.phase {
        case .completing where isSame, .stable where isSame && !isLeader:
            reply(joined(member, in: group, leader: group.leader ?? "", isLeader: isLeader))
        default:
            member.join = reply
            prepare(group, because: "\(member.id) rejoined")
        }
    }

    // MARK: Leaving

    func leave(_ request: WireValue, version: Int16) -> WireValue {
        guard let group = groups[request.groupId.text] else { return ["errorCode": .init(ErrorCode.unknownMemberID)] }
        let leaving = version >= 3
            ? request.members.elements.map { ($0.memberId.text, $0.groupInstanceId.optionalText) }
            : [(request.memberId.text, nil)]
        var answers: [WireValue] = []
        var last = ErrorCode.none
        for (id, instance) in leaving {
            last = leave(group, member: id, instance: instance)
            answers.append(["memberId": .string(id), "groupInstanceId": .string(instance), "errorCode": .init(last)])
        }
        return ["errorCode": .init(version >= 3 ? ErrorCode.none : last), "members": .array(answers)]
    }

    private func leave(_ group: Group, member id: String, instance: String?) -> ErrorCode {
        if let instance {
            guard let member = group.member(instance: instance) else { return .unknownMemberID }
            guard id.isEmpty || member.id == id else { return .fencedInstanceID }
            remove(member, from: group)
        } else if let member = group.member(id) {
            remove(member, from: group)
        } else if group.announced.remove(id) != nil {
            completeIfGathered(group)
        } else {
            return .unknownMemberID
        }
        return .none
    }

    func remove(_ member: Member, from group: Group) {
        member.session?.cancel()
        group.members.removeAll { $0 === member }
        member.answerJoin(Self.refusal(.unknownMemberID, memberID: member.id))
        member.answerSync(["errorCode": .init(ErrorCode.unknownMemberID)])
        if group.leader == member.id { group.leader = nil }
        switch group.phase {
        case .stable, .completing: prepare(group, because: "\(member.id) left")
        case .preparing: completeIfGathered(group)
        case .empty: break
        }
    }

    // MARK: Signs of life

    func heartbeat(_ request: WireValue) -> WireValue {
        do {
            let (group, member) = try checked(request)
            expectSign(of: member, in: group)
            return ["errorCode": .init(group.phase == .preparing ? ErrorCode.rebalanceInProgress : .none)]
        } catch {
            return ["errorCode": .init(error)]
        }
    }

    /// Starts the member's session anew. One that waits for the others is alive, however long they take.
    func expectSign(of member: Member, in group: Group) {
        member.session?.cancel()
        member.session = timers.after(milliseconds: member.sessionTimeout) { [weak self, weak member, weak group] in
            guard let self, let member, let group, group.members.contains(where: { $0 === member }) else { return }
            if member.join != nil || member.sync != nil { return self.expectSign(of: member, in: group) }
            self.logger.info("member evicted: its session ran out", metadata: ["group": "\(group.id)", "member": "\(member.id)"])
            self.remove(member, from: group)
        }
    }

    // MARK: Checks

    func checked(_ request: WireValue) throws(ErrorCode) -> (Group, Member) {
        let id = request.memberId.text
        guard let group = groups[request.groupId.text] else { throw .unknownMemberID }
        if let instance = request.groupInstanceId.optionalText {
            guard let known = group.member(instance: instance) else { throw .unknownMemberID }
            guard known.id == id else { throw .fencedInstanceID }
        }
        guard let member = group.member(id) else { throw .unknownMemberID }
        guard request.generationId.int32 == group.generation else { throw .illegalGeneration }
        return (group, member)
    }

    /// Whether offsets may be committed: by a member in the generation that stands, or by anyone into a group that nobody is in. This is
    /// what fences a worker that was given up on.
    func checkCommit(_ request: WireValue, isTransactional: Bool) throws(ErrorCode) {
        guard request.generationId.int32 >= 0 || !request.memberId.text.isEmpty || request.groupInstanceId.optionalText != nil else {
            // The older forms of the transactional request don't say who sends them.
            guard isTransactional || groups[request.groupId.text]?.members.isEmpty ?? true else { throw .unknownMemberID }
            return
        }
        let (group, member) = try checked(request)
        expectSign(of: member, in: group)
        if group.phase == .completing, !isTransactional { throw .rebalanceInProgress }
    }

    func forget(_ name: String) { groups[name] = nil }
}
