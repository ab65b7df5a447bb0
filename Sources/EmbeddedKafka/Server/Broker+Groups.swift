extension Broker {
    private static let metadataLimit = 4_096

    func commitOffsets(_ body: WireValue) -> WireValue {
        commit(body, isTransactional: false) { offsets throws(ErrorCode) in
            do {
                try self.offsets.commit(offsets, of: body.groupId.text, now: self.now)
            } catch {
                throw self.errorCode(error)
            }
        }
    }

    func commitTransactionalOffsets(_ body: WireValue) -> WireValue {
        commit(body, isTransactional: true) { offsets throws(ErrorCode) in
            try self.transactions.add(offsets: offsets, of: body.groupId.text, body)
        }
    }

    private func commit(
        _ body: WireValue, isTransactional: Bool, _ write: ([OffsetStore.Place: OffsetStore.Committed]) throws(ErrorCode) -> Void
    ) -> WireValue {
        var offsets: [OffsetStore.Place: OffsetStore.Committed] = [:]
        for topic in body.topics.elements {
            for entry in topic.partitions.elements where check(entry, of: topic.name.text) == .none {
                offsets[.init(topic: topic.name.text, partition: entry.index.int32)] = .init(
                    offset: entry.offset.int, leaderEpoch: entry.leaderEpoch.int32, metadata: entry.metadata.optionalText)
            }
        }
        var outcome = ErrorCode.none
        do throws(ErrorCode) {
            try groups.checkCommit(body, isTransactional: isTransactional)
            if !offsets.isEmpty { try write(offsets) }
        } catch {
            outcome = error
        }
        return [
            "topics": body.topics.perPartition { topic, entry in
                ["index": entry.index, "errorCode": .init(outcome == .none ? check(entry, of: topic) : outcome)]
            }
        ]
    }

    private func check(_ entry: WireValue, of topic: String) -> ErrorCode {
        guard (try? topics.partition(topic, entry.index.int32)) != nil else { return .unknownTopicOrPartition }
        return entry.metadata.text.utf8.count > Self.metadataLimit ? .offsetMetadataTooLarge : .none
    }

    /// Since version 8 one request asks for several groups.
    func fetchOffsets(_ body: WireValue, _ version: Int16) -> WireValue {
        guard version >= 8 else { return fetchOffsets(of: body, isStable: body.requireStable.isTrue) }
        return ["groups": .list(body.groups.elements.map { fetchOffsets(of: $0, isStable: body.requireStable.isTrue) })]
    }

    private func fetchOffsets(of asked: WireValue, isStable: Bool) -> WireValue {
        let group = asked.groupId.text
        let known = offsets.groups[group] ?? [:]
        let wanted: [(String, [Int32])] =
            asked.topics.optionalElements.map { $0.map { ($0.name.text, $0.partitions.elements.map(\.int32)) } }
            ?? Dictionary(grouping: known.keys, by: \.topic).map { ($0.key, $0.value.map(\.partition)) }
        return [
            "groupId": .string(group), "errorCode": 0,
            "topics": .list(wanted.map { topic, partitions in
                let entries = partitions.map { fetchOffset(group, known, .init(topic: topic, partition: $0), isStable) }
                return ["name": .string(topic), "partitions": .array(entries)]
            }),
        ]
    }

    private func fetchOffset(
        _ group: String, _ known: [OffsetStore.Place: OffsetStore.Committed], _ place: OffsetStore.Place, _ isStable: Bool
    ) -> WireValue {
        let index = WireValue(place.partition)
        if isStable, transactions.holdsBack(group, place) {
            return ["index": index, "metadata": "", "errorCode": .init(ErrorCode.unstableOffsetCommit)]
        }
        guard let committed = known[place] else { return ["index": index, "metadata": "", "errorCode": 0] }
        return [
            "index": index, "offset": .int(committed.offset), "leaderEpoch": .init(committed.leaderEpoch),
            "metadata": .string(committed.metadata ?? ""), "errorCode": 0,
        ]
    }

    func deleteOffsets(_ body: WireValue) -> WireValue {
        let name = body.groupId.text
        guard groups.groups[name] != nil || offsets.groups[name] != nil else { return ["errorCode": .init(ErrorCode.groupIDNotFound)] }
        let subscribed = groups.groups[name]?.subscribedTopics ?? []
        let places = body.topics.elements.filter { !subscribed.contains($0.name.text) }.flatMap { topic in
            topic.partitions.elements.map { OffsetStore.Place(topic: topic.name.text, partition: $0.index.int32) }
        }
        return attempt {
            try offsets.delete(name, places, now: now)
            let topics = body.topics.perPartition { topic, entry in
                ["index": entry.index, "errorCode": .init(subscribed.contains(topic) ? ErrorCode.groupSubscribedToTopic : .none)]
            }
            return ["topics": topics]
        }
    }

    func listGroups(_ body: WireValue) -> WireValue {
        let states = Set(body.states.elements.map(\.text))
        return [
            "errorCode": 0,
            "groups": .list(Set(groups.groups.keys).union(offsets.groups.keys).sorted().compactMap { name in
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
                attempt(["groupId": entry]) {
                    let name = entry.text
                    guard groups.groups[name]?.members.isEmpty ?? true else { throw ErrorCode.nonEmptyGroup }
                    guard groups.groups[name] != nil || offsets.groups[name] != nil else { throw ErrorCode.groupIDNotFound }
                    groups.forget(name)
                    try offsets.delete(group: name, now: now)
                    return [:]
                }
            })
        ]
    }
}
