import NIOCore

extension Broker {
    private var node: [String: WireValue] {
        ["nodeId": .int(Self.nodeID), "host": .string(address.host), "port": .init(address.port)]
    }

    func describeCluster() -> WireValue {
        ["clusterId": .string(Self.clusterID), "controllerId": .int(Self.nodeID), "brokers": [.structure(node)]]
    }

    /// Since version 4 one request asks for several groups or transactional ids.
    func coordinator(_ body: WireValue) -> WireValue {
        let coordinators = body.keys.elements.map { key in WireValue.structure(node.merging(["key": key]) { $1 }) }
        return .structure(node.merging(["coordinators": .list(coordinators)]) { $1 })
    }

    func metadata(_ body: WireValue, _ version: Int16) -> WireValue {
        let wanted = body.topics.optionalElements
        let isAll = wanted == nil || version == 0 && wanted?.isEmpty == true
        let mayCreate = configuration.createsTopics && (version < 4 || body.allowAutoTopicCreation.isTrue)
        let answers = isAll
            ? topics.topics.values.sorted { $0.name < $1.name }.map { .structure(describe($0)) }
            : (wanted ?? []).map { entry in
                attempt(["name": entry.name, "topicId": entry.topicId]) { describe(try topic(entry, mayCreate: mayCreate)) }
            }
        return [
            "brokers": [.structure(node)], "clusterId": .string(Self.clusterID), "controllerId": .int(Self.nodeID),
            "topics": .list(answers),
        ]
    }

    /// By name, or since version 10 by id.
    private func topic(_ entry: WireValue, mayCreate: Bool) throws -> Topic {
        guard let name = entry.name.optionalText else {
            guard let found = topics.topics.values.first(where: { $0.id == entry.topicId.buffer }) else { throw ErrorCode.unknownTopicID }
            return found
        }
        if let found = topics.topics[name] { return found }
        guard TopicStore.isLegal(name) else { throw ErrorCode.invalidTopic }
        guard mayCreate else { throw ErrorCode.unknownTopicOrPartition }
        return try topics.create(name, partitions: configuration.defaultPartitions, settings: TopicSettings())
    }

    private func describe(_ topic: Topic) -> [String: WireValue] {
        [
            "errorCode": 0, "name": .string(topic.name), "topicId": .bytes(topic.id),
            "partitions": .list(topic.partitions.map {
                [
                    "errorCode": 0, "index": .init($0.index), "leaderId": .int(Self.nodeID), "leaderEpoch": 0,
                    "replicas": [.int(Self.nodeID)], "inSync": [.int(Self.nodeID)],
                ]
            }),
        ]
    }

    func createTopics(_ body: WireValue) -> WireValue {
        [
            "topics": .list(body.topics.elements.map { entry in
                attempt(["name": entry.name]) {
                    let topic = try create(entry, isDryRun: body.validateOnly.isTrue)
                    let count = topic?.partitions.count ?? -1
                    return ["topicId": .bytes(topic?.id), "partitions": .init(count), "replication": 1, "configs": []]
                }
            })
        ]
    }

    private func create(_ entry: WireValue, isDryRun: Bool) throws -> Topic? {
        let name = entry.name.text
        guard TopicStore.isLegal(name) else { throw ErrorCode.invalidTopic }
        guard topics.topics[name] == nil else { throw ErrorCode.topicAlreadyExists }
        let assigned = entry.assignments.elements.count
        let count = assigned > 0 ? assigned : entry.partitions.int == -1 ? configuration.defaultPartitions : Int(entry.partitions.int)
        guard (1...10_000).contains(count) else { throw ErrorCode.invalidPartitions }
        guard assigned > 0 || [-1, 1].contains(entry.replication.int) else { throw ErrorCode.invalidReplicationFactor }
        let settings = try TopicSettings(
            Dictionary(entry.configs.elements.map { ($0.name.text, $0.value.text) }, uniquingKeysWith: { $1 }))
        return isDryRun ? nil : try topics.create(name, partitions: count, settings: settings)
    }

    func deleteTopics(_ body: WireValue, _ version: Int16) -> WireValue {
        let wanted = version >= 6 ? body.topics.elements : body.names.elements.map { ["name": $0] }
        return [
            "responses": .list(wanted.map { entry in
                attempt(["name": entry.name, "topicId": entry.topicId]) {
                    let topic = try topic(entry, mayCreate: false)
                    try topics.delete(topic.name)
                    try offsets.delete(topic: topic.name, now: now)
                    for partition in topic.partitions { changed(partition) }
                    return ["name": .string(topic.name), "topicId": .bytes(topic.id)]
                }
            })
        ]
    }

    func createPartitions(_ body: WireValue) -> WireValue {
        [
            "results": .list(body.topics.elements.map { entry in
                attempt(["name": entry.name]) {
                    guard let topic = topics.topics[entry.name.text] else { throw ErrorCode.unknownTopicOrPartition }
                    guard entry.count.int > topic.partitions.count, entry.count.int <= 10_000 else { throw ErrorCode.invalidPartitions }
                    if !body.validateOnly.isTrue { try topics.grow(topic, to: Int(entry.count.int)) }
                    return [:]
                }
            })
        ]
    }

    func deleteRecords(_ body: WireValue) -> WireValue {
        [
            "topics": body.topics.perPartition { topic, entry in
                attempt(["index": entry.index]) {
                    let partition = try topics.partition(topic, entry.index.int32)
                    let log = partition.log
                    let offset = entry.offset.int == -1 ? log.endOffset : entry.offset.int
                    guard offset >= 0 else { throw ErrorCode.offsetOutOfRange }
                    try log.deleteRecords(before: offset)
                    partition.forgetDeleted()
                    return ["lowWatermark": .int(log.startOffset)]
                }
            }
        ]
    }
}
