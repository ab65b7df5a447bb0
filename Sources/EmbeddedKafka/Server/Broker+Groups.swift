extension Broker {
    func commitOffsets(_ body: WireValue) -> WireValue {
        let verdict = groups.mayCommit(
            group: body.groupId.text, member: body.memberId.text, instance: body.groupInstanceId.optionalText,
            generation: body.generationId.int32)
        return perPartition(body.topics) { place, entry throws(ErrorCode) in
            guard verdict == .none else { throw verdict }
            let committed = OffsetStore.Committed(
                offset: entry.offset.int, leaderEpoch: entry.leaderEpoch.int32, metadata: entry.metadata.optionalText)
            _ = try self.topics.partition(place.topic, place.partition)
            do {
                try self.offsets.commit(committed, of: body.groupId.text, at: place, now: self.now)
            } catch {
                throw .kafkaStorageError
            }
        }
    }

    func commitTransactionalOffsets(_ body: WireValue) -> WireValue {
        var verdict = ErrorCode.none
        if body.generationId.int32 >= 0 || !body.memberId.text.isEmpty {
            verdict = groups.mayCommit(
                group: body.groupId.text, member: body.memberId.text, instance: body.groupInstanceId.optionalText,
                generation: body.generationId.int32)
        }
        return perPartition(body.topics) { place, entry throws(ErrorCode) in
            guard verdict == .none else { throw verdict }
            let committed = OffsetStore.Committed(
                offset: entry.offset.int, leaderEpoch: entry.leaderEpoch.int32, metadata: entry.metadata.optionalText)
            try self.transactions.add(offsets: [place: committed], of: body.groupId.text, body)
        }
    }

    private func perPartition(
        _ topics: WireValue, _ body: (OffsetStore.Place, WireValue) throws(ErrorCode) -> Void
    ) -> WireValue {
        [
            "topics": .list(topics.elements.map { topic in
                [
                    "name": topic.name,
                    "partitions": .list(topic.partitions.elements.map { entry in
                        var outcome = ErrorCode.none
                        do throws(ErrorCode) {
                            try body(OffsetStore.Place(topic: topic.name.text, partition: entry.index.int32), entry)
                        } catch {
                            outcome = error
                        }
                        return ["index": entry.index, "errorCode": .init(outcome)]
                    }),
                ]
            })
        ]
    }

    func fetchOffsets(_ body: WireValue) -> WireValue {
        let group = body.groupId.text
        let known = offsets.groups[group] ?? [:]
        let wanted: [(String, [Int32])] =
            body.topics.optionalElements.map { $0.map { ($0.name.text, $0.partitions.elements.map(\.int32)) } }
            ?? Dictionary(grouping: known.keys, by: \.topic).map { ($0.key, $0.value.map(\.partition)) }
        return [
            "topics": .list(wanted.map { topic, partitions in
                [
                    "name": .string(topic),
                    "partitions": .list(partitions.map { index in
                        let place = OffsetStore.Place(topic: topic, partition: index)
                        if body.requireStable.isTrue, transactions.holdsBack(group, place) {
                            return ["index": .init(index), "metadata": "", "errorCode": .init(ErrorCode.unstableOffsetCommit)]
                        }
                        let committed = known[place]
                        return [
                            "index": .init(index), "offset": .int(committed?.offset ?? -1),
                            "leaderEpoch": .init(committed?.leaderEpoch ?? -1), "metadata": .string(committed?.metadata ?? ""),
                            "errorCode": 0,
                        ]
                    }),
                ]
            }),
            "errorCode": 0,
        ]
    }

    func deleteOffsets(_ body: WireValue) -> WireValue {
        let name = body.groupId.text
        guard groups.groups[name] != nil || offsets.groups[name] != nil else {
            return ["errorCode": .init(ErrorCode.groupIDNotFound)]
        }
        let subscribed = groups.groups[name]?.subscribedTopics ?? []
        var answer: [String: WireValue] = ["errorCode": 0]
        answer["topics"] = perPartition(body.topics) { place, _ throws(ErrorCode) in
            guard !subscribed.contains(place.topic) else { throw .groupSubscribedToTopic }
            do {
                try self.offsets.delete(name, place, now: self.now)
            } catch {
                throw .kafkaStorageError
            }
        }.topics
        return .structure(answer)
    }

    private var groupNames: [String] { Set(groups.groups.keys).union(offsets.groups.keys).sorted() }

    func listGroups(_ body: WireValue) -> WireValue {
        let states = Set(body.states.elements.map(\.text))
        return [
            "errorCode": 0,
            "groups": .list(groupNames.compactMap { name in
                let group = groups.groups[name]
                let state = (group?.phase ?? .empty).rawValue
                guard states.isEmpty || states.contains(state) else { return nil }
                return ["groupId": .string(name), "protocolType": .string(group?.protocolType ?? "consumer"), "state": .string(state)]
            }),
        ]
    }

    func describeGroups(_ body: WireValue) -> WireValue {
        [
            "groups": .list(body.groups.elements.map { entry in
                guard let group = groups.groups[entry.text] else {
                    let isKnown = offsets.groups[entry.text] != nil
                    return ["errorCode": 0, "groupId": entry, "state": .string(isKnown ? Group.Phase.empty.rawValue : "Dead")]
                }
                return [
                    "errorCode": 0, "groupId": entry, "state": .string(group.phase.rawValue),
                    "protocolType": .string(group.protocolType),
                    "protocol": .string(group.phase == .stable ? group.protocolName : ""),
                    "members": .list(group.members.map {
                        [
                            "memberId": .string($0.id), "groupInstanceId": .string($0.instanceID), "clientId": .string($0.clientID),
                            "clientHost": .string("/" + $0.host), "metadata": .bytes($0.metadata(for: group.protocolName)),
                            "assignment": .bytes($0.assignment),
                        ]
                    }),
                ]
            })
        ]
    }

    func deleteGroups(_ body: WireValue) -> WireValue {
        [
            "results": .list(body.groups.elements.map { entry in
                let name = entry.text
                var outcome = ErrorCode.none
                if groups.groups[name]?.members.isEmpty == false {
                    outcome = .nonEmptyGroup
                } else if groups.groups[name] == nil, offsets.groups[name] == nil {
                    outcome = .groupIDNotFound
                } else {
                    groups.forget(name)
                    do {
                        try offsets.delete(group: name, now: now)
                    } catch {
                        outcome = errorCode(error)
                    }
                }
                return ["groupId": entry, "errorCode": .init(outcome)]
            })
        ]
    }
}
