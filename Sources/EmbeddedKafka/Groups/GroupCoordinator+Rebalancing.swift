import NIOCore

/// How a new generation comes about: members gather, the leader assigns, everybody takes what it is given.
extension GroupCoordinator {
    /// Begins to gather the members, unless that is under way.
    func prepare(_ group: Group, because reason: String) {
        if group.phase != .preparing {
            for member in group.members { member.answerSync(["errorCode": .init(ErrorCode.rebalanceInProgress)]) }
            logger.debug("group rebalances", metadata: ["group": "\(group.id)", "reason": "\(reason)"])
            // Members who start together should come into the first generation together.
            let delay = group.phase == .empty ? limits.initialDelay : 0
            group.phase = .preparing
            group.deadline?.cancel()
            group.isDelayed = delay > 0
            group.deadline = timers.after(milliseconds: delay > 0 ? delay : group.patience) { [weak self, weak group] in
                guard let self, let group else { return }
                group.isDelayed = false
                self.complete(group)
            }
        }
        completeIfGathered(group)
    }

    func completeIfGathered(_ group: Group) {
        guard group.phase == .preparing, !group.isDelayed, group.isGathered else { return }
        complete(group)
    }

    /// The generation stands: who has not come by now is out, unless it is static and may still be back within its session.
    private func complete(_ group: Group) {
        guard group.phase == .preparing else { return }
        group.deadline?.cancel()
        for member in group.members where member.join == nil && member.instanceID == nil {
            member.session?.cancel()
            logger.info("member evicted: it didn't rejoin", metadata: ["group": "\(group.id)", "member": "\(member.id)"])
            group.members.removeAll { $0 === member }
        }
        guard !group.members.isEmpty else {
            group.generation += 1
            group.phase = .empty
            group.leader = nil
            group.protocolName = ""
            return save(group)
        }
        guard let candidate = group.members.first(where: { $0.join != nil }) else {
            // Static members alone, and none has come: nobody could lead.
            group.deadline = timers.after(milliseconds: group.patience) { [weak self, weak group] in
                if let self, let group { self.complete(group) }
            }
            return
        }
        group.generation += 1
        group.protocolName = group.chooseProtocol()
        if group.leader.flatMap({ group.member($0) })?.join == nil { group.leader = candidate.id }
        group.phase = .completing
        expectSyncs(of: group)
        let leader = group.leader ?? ""
        for member in group.members {
            member.hasSynced = false
            expectSign(of: member, in: group)
            if member.join != nil { member.answerJoin(joined(member, in: group, leader: leader, isLeader: leader == member.id)) }
        }
    }

    /// A member that joins and then doesn't ask for its assignment would keep partitions that nobody reads.
    private func expectSyncs(of group: Group) {
        let generation = group.generation
        group.deadline = timers.after(milliseconds: group.patience) { [weak self, weak group] in
            guard let self, let group, group.generation == generation, group.phase == .completing || group.phase == .stable else { return }
            for member in group.members where !member.hasSynced && member.instanceID == nil { self.remove(member, from: group) }
        }
    }

    func joined(_ member: Member, in group: Group, leader: String, isLeader: Bool) -> WireValue {
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

    func sync(_ request: WireValue, reply: @escaping (WireValue) -> Void) {
        do throws(ErrorCode) {
            let (group, member) = try checked(request)
            let isSame = { (asked: String?, actual: String) in asked == nil || asked == actual }
            guard isSame(request.protocolType.optionalText, group.protocolType),
                isSame(request.protocolName.optionalText, group.protocolName)
            else { throw .inconsistentGroupProtocol }
            expectSign(of: member, in: group)
            switch group.phase {
            case .stable:
                member.hasSynced = true
                reply(assignment(of: member, in: group))
            case .completing:
                member.hasSynced = true
                member.answerSync(["errorCode": .init(ErrorCode.rebalanceInProgress)])
                member.sync = reply
                if group.leader == member.id { assign(request.assignments.elements, in: group) }
            case .preparing, .empty: throw .rebalanceInProgress
            }
        } catch {
            reply(["errorCode": .init(error)])
        }
    }

    private func assign(_ assignments: [WireValue], in group: Group) {
        let named = Dictionary(assignments.map { ($0.memberId.text, $0.assignment.buffer ?? ByteBuffer()) }, uniquingKeysWith: { $1 })
        for member in group.members { member.assignment = named[member.id] ?? ByteBuffer() }
        group.phase = .stable
        save(group)
        for member in group.members { member.answerSync(assignment(of: member, in: group)) }
    }

    private func assignment(of member: Member, in group: Group) -> WireValue {
        [
            "errorCode": 0, "protocolType": .string(group.protocolType), "protocolName": .string(group.protocolName),
            "assignment": .bytes(member.assignment),
        ]
    }
}
