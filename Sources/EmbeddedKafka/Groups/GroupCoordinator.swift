import Foundation
import Logging
import NIOCore

/// Who is in which group, and what it has been given (Kafka's `GroupCoordinator`, the classic protocol).
///
/// Confined to the broker's event loop, like everything behind the connections.
final class GroupCoordinator {
    private let loop: NIOIsolatedEventLoop
    private let logger: Logger
    /// How long a group that was empty waits for further members before its first generation.
    private let initialDelay: TimeAmount
    private(set) var groups: [String: Group] = [:]
    private var nextMember = 0

    init(loop: NIOIsolatedEventLoop, logger: Logger, initialDelay: TimeAmount) {
        self.loop = loop
        self.logger = logger
        self.initialDelay = initialDelay
    }

    // MARK: Joining

    func join(_ request: WireValue, version: Int16, clientID: String, host: String, reply: @escaping (WireValue) -> Void) {
        let name = request.groupId.text
        let memberID = request.memberId.text
        let instanceID = request.groupInstanceId.optionalText
        func refuse(_ error: ErrorCode, memberID id: String = memberID) {
            reply(["errorCode": .init(error), "memberId": .string(id)])
        }
        guard !name.isEmpty else { return refuse(.invalidGroupID) }
        guard (6_000...1_800_000).contains(request.sessionTimeoutMs.int) else { return refuse(.invalidSessionTimeout) }
        let group = groups[name] ?? Group(id: name)
        let protocols = request.protocols.elements.map { (name: $0.name.text, metadata: $0.metadata.buffer ?? ByteBuffer()) }
        guard group.accepts(protocols.map(\.name), type: request.protocolType.text) else {
            return refuse(.inconsistentGroupProtocol)
        }
        groups[name] = group
        let session = TimeAmount.milliseconds(request.sessionTimeoutMs.int)
        let rebalance = version >= 1 ? TimeAmount.milliseconds(request.rebalanceTimeoutMs.int) : session
        func make(_ id: String) -> Member {
            Member(
                id: id, instanceID: instanceID, clientID: clientID, host: host, sessionTimeout: session,
                rebalanceTimeout: rebalance, protocols: protocols)
        }

        if let instanceID, let known = group.member(instance: instanceID) {
            if memberID.isEmpty { return replace(known, by: make(newID(clientID)), in: group, reply) }
            guard known.id == memberID else { return refuse(.fencedInstanceID) }
        }
        if memberID.isEmpty {
            let id = newID(instanceID ?? clientID)
            if instanceID == nil, version >= 4 {
                group.announced.insert(id)
                forget(announced: id, of: group, after: session)
                return refuse(.memberIDRequired, memberID: id)
            }
            return add(make(id), to: group, reply)
        }
        if group.announced.remove(memberID) != nil { return add(make(memberID), to: group, reply) }
        guard let member = group.member(memberID) else { return refuse(.unknownMemberID) }
        rejoin(member, protocols, session, rebalance, in: group, reply)
    }

    private func newID(_ stem: String) -> String { "\(stem)-\(UUID().uuidString.lowercased())" }

    private func forget(announced id: String, of group: Group, after timeout: TimeAmount) {
        loop.scheduleTask(in: timeout) { [weak self, weak group] in
            guard let self, let group, group.announced.remove(id) != nil else { return }
            self.completeIfGathered(group)
        }
    }

    private func add(_ member: Member, to group: Group, _ reply: @escaping (WireValue) -> Void) {
        if group.members.isEmpty { group.protocolType = "consumer" }
        group.members.append(member)
        member.join = reply
        expectSign(of: member, in: group)
        prepare(group, because: "\(member.id) joined")
    }

    /// A static member is back under its name: it takes over what its predecessor had, without a rebalance where nothing changes.
    private func replace(_ old: Member, by new: Member, in group: Group, _ reply: @escaping (WireValue) -> Void) {
        let leader = group.leader
        let isSame = zip(old.protocols, new.protocols).allSatisfy { $0 == $1 } && old.protocols.count == new.protocols.count
        old.session?.cancel()
        old.join?(["errorCode": .init(ErrorCode.fencedInstanceID), "memberId": .string(old.id)])
        old.sync?(["errorCode": .init(ErrorCode.fencedInstanceID)])
        new.assignment = old.assignment
        group.members = group.members.map { $0 === old ? new : $0 }
        if leader == old.id { group.leader = new.id }
        expectSign(of: new, in: group)
        if group.phase == .stable, isSame {
            // Told of its old leader, the member doesn't assign anew: it asks for what it had.
            return reply(joined(new, in: group, leader: leader ?? "", isLeader: false))
        }
        new.join = reply
        prepare(group, because: "\(new.id) replaced \(old.id)")
    }

    private func rejoin(
        _ member: Member, _ protocols: [(name: String, metadata: ByteBuffer)], _ session: TimeAmount,
        _ rebalance: TimeAmount, in group: Group, _ reply: @escaping (WireValue) -> Void
    ) {
        let isSame = member.protocols.count == protocols.count && zip(member.protocols, protocols).allSatisfy { $0 == $1 }
        member.protocols = protocols
        member.sessionTimeout = session
        member.rebalanceTimeout = rebalance
        expectSign(of: member, in: group)
        let isLeader = group.leader == member.id
        switch group.phase {
        case .completing where isSame: reply(joined(member, in: group, leader: group.leader ?? "", isLeader: isLeader))
        case .stable where isSame && !isLeader: reply(joined(member, in: group, leader: group.leader ?? "", isLeader: false))
        default:
            member.join = reply
            prepare(group, because: "\(member.id) rejoined")
        }
    }

    private func joined(_ member: Member, in group: Group, leader: String, isLeader: Bool) -> WireValue {
        [
            "errorCode": 0, "generationId": .init(group.generation), "protocolType": .string(group.protocolType),
            "protocolName": .string(group.protocolName), "leader": .string(leader), "memberId": .string(member.id),
            "members": isLeader
                ? .list(group.members.map {
                    [
                        "memberId": .string($0.id), "groupInstanceId": .string($0.instanceID),
                        "metadata": .bytes($0.metadata(for: group.protocolName)),
                    ]
                }) : [],
        ]
    }

    // MARK: Rebalancing

    private func prepare(_ group: Group, because reason: String) {
        let wasEmpty = group.phase == .empty
        if group.phase == .completing {
            for member in group.members { answerSync(member, ["errorCode": .init(ErrorCode.rebalanceInProgress)]) }
        }
        if group.phase != .preparing {
            logger.debug("group rebalances", metadata: ["group": "\(group.id)", "reason": "\(reason)"])
            group.phase = .preparing
            let patience = group.members.map(\.rebalanceTimeout).max() ?? .zero
            group.gathering = loop.scheduleTask(in: wasEmpty ? initialDelay : patience) { [weak self, weak group] in
                guard let self, let group else { return }
                self.complete(group)
            }
            if wasEmpty { return }
        }
        completeIfGathered(group)
    }

    private func completeIfGathered(_ group: Group) {
        // The first generation of an empty group waits for its delay, so that members who start together come in together.
        guard group.phase == .preparing, group.generation > 0 || initialDelay == .zero, group.isGathered else { return }
        complete(group)
    }

    /// The generation stands: who has not come by now is out, unless it is static and may still be back within its session.
    private func complete(_ group: Group) {
        guard group.phase == .preparing else { return }
        group.gathering?.cancel()
        for member in group.members where member.join == nil && member.instanceID == nil {
            member.session?.cancel()
            group.members.removeAll { $0 === member }
        }
        group.generation += 1
        guard !group.members.isEmpty else {
            group.phase = .empty
            group.leader = nil
            return
        }
        group.protocolName = group.chooseProtocol()
        if group.leader.flatMap({ group.member($0) })?.join == nil {
            group.leader = group.members.first { $0.join != nil }?.id
        }
        group.phase = .completing
        for member in group.members {
            guard let reply = member.join else { continue }
            member.join = nil
            expectSign(of: member, in: group)
            reply(joined(member, in: group, leader: group.leader ?? "", isLeader: group.leader == member.id))
        }
    }

    func sync(_ request: WireValue, reply: @escaping (WireValue) -> Void) {
        switch checked(request) {
        case .failure(let error): reply(["errorCode": .init(error)])
        case .success(let (group, member)):
            expectSign(of: member, in: group)
            switch group.phase {
            case .stable: reply(assignment(of: member, in: group))
            case .completing:
                member.sync = reply
                guard group.leader == member.id else { return }
                for entry in request.assignments.elements {
                    group.member(entry.memberId.text)?.assignment = entry.assignment.buffer ?? ByteBuffer()
                }
                let named = Set(request.assignments.elements.map(\.memberId.text))
                for member in group.members where !named.contains(member.id) { member.assignment = ByteBuffer() }
                group.phase = .stable
                for member in group.members { answerSync(member, assignment(of: member, in: group)) }
            case .preparing, .empty: reply(["errorCode": .init(ErrorCode.rebalanceInProgress)])
            }
        }
    }

    private func assignment(of member: Member, in group: Group) -> WireValue {
        [
            "errorCode": 0, "protocolType": .string(group.protocolType), "protocolName": .string(group.protocolName),
            "assignment": .bytes(member.assignment),
        ]
    }

    private func answerSync(_ member: Member, _ answer: WireValue) {
        let reply = member.sync
        member.sync = nil
        reply?(answer)
    }

    // MARK: Signs of life

    func heartbeat(_ request: WireValue) -> WireValue {
        switch checked(request) {
        case .failure(let error): return ["errorCode": .init(error)]
        case .success(let (group, member)):
            expectSign(of: member, in: group)
            return ["errorCode": .init(group.phase == .preparing ? ErrorCode.rebalanceInProgress : .none)]
        }
    }

    /// Starts the member's session anew. One that waits for the others is alive, however long they take.
    private func expectSign(of member: Member, in group: Group) {
        member.session?.cancel()
        member.session = loop.scheduleTask(in: member.sessionTimeout) { [weak self, weak member, weak group] in
            guard let self, let member, let group, group.members.contains(where: { $0 === member }) else { return }
            if member.join != nil || member.sync != nil { return self.expectSign(of: member, in: group) }
            self.logger.info("member evicted: its session ran out", metadata: ["group": "\(group.id)", "member": "\(member.id)"])
            self.remove(member, from: group)
        }
    }

    func leave(_ request: WireValue, version: Int16) -> WireValue {
        guard let group = groups[request.groupId.text] else { return ["errorCode": .init(ErrorCode.unknownMemberID)] }
        let leaving = version >= 3
            ? request.members.elements.map { ($0.memberId.text, $0.groupInstanceId.optionalText) }
            : [(request.memberId.text, nil)]
        var answers: [WireValue] = []
        var last = ErrorCode.none
        for (id, instance) in leaving {
            var error = ErrorCode.none
            if let member = instance.flatMap({ group.member(instance: $0) }) {
                if id.isEmpty || member.id == id { remove(member, from: group) } else { error = .fencedInstanceID }
            } else if let member = group.member(id) {
                remove(member, from: group)
            } else if group.announced.remove(id) == nil {
                error = .unknownMemberID
            }
            last = error
            answers.append(["memberId": .string(id), "groupInstanceId": .string(instance), "errorCode": .init(error)])
        }
        return ["errorCode": .init(version >= 3 ? ErrorCode.none : last), "members": .array(answers)]
    }

    private func remove(_ member: Member, from group: Group) {
        member.session?.cancel()
        member.join?(["errorCode": .init(ErrorCode.unknownMemberID), "memberId": .string(member.id)])
        answerSync(member, ["errorCode": .init(ErrorCode.unknownMemberID)])
        group.members.removeAll { $0 === member }
        if group.leader == member.id { group.leader = nil }
        switch group.phase {
        case .stable, .completing: group.members.isEmpty ? empty(group) : prepare(group, because: "\(member.id) left")
        case .preparing: group.members.isEmpty ? empty(group) : completeIfGathered(group)
        case .empty: break
        }
    }

    private func empty(_ group: Group) {
        group.gathering?.cancel()
        group.phase = .empty
        group.generation += 1
        group.leader = nil
        group.protocolName = ""
    }

    // MARK: Checks

    private func checked(_ request: WireValue) -> Result<(Group, Member), ErrorCode> {
        check(
            group: request.groupId.text, member: request.memberId.text, instance: request.groupInstanceId.optionalText,
            generation: request.generationId.int32)
    }

    /// Whether somebody is who it says it is, in the generation that stands: what fences a worker that was given up on.
    func check(group name: String, member id: String, instance: String?, generation: Int32) -> Result<(Group, Member), ErrorCode> {
        guard let group = groups[name] else { return .failure(.unknownMemberID) }
        if let instance {
            guard let known = group.member(instance: instance) else { return .failure(.unknownMemberID) }
            guard known.id == id else { return .failure(.fencedInstanceID) }
        }
        guard let member = group.member(id) else { return .failure(.unknownMemberID) }
        guard generation == group.generation else { return .failure(.illegalGeneration) }
        return .success((group, member))
    }

    /// Whether offsets may be committed: by a member in the generation that stands, or by anyone into a group that nobody is in.
    func mayCommit(group name: String, member id: String, instance: String?, generation: Int32) -> ErrorCode {
        if generation < 0, id.isEmpty {
            guard let group = groups[name], !group.members.isEmpty else { return .none }
            return .unknownMemberID
        }
        switch check(group: name, member: id, instance: instance, generation: generation) {
        case .failure(let error): return error
        case .success(let (group, member)):
            expectSign(of: member, in: group)
            return group.phase == .completing ? .rebalanceInProgress : .none
        }
    }

    func forget(_ name: String) {
        groups[name] = nil
    }

    func stop() {
        for group in groups.values {
            group.gathering?.cancel()
            for member in group.members { member.session?.cancel() }
        }
    }
}
