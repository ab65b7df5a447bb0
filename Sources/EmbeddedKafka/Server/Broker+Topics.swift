import NIOCore

extension Broker {
    private var node: WireValue {
        ["nodeId": .int(Self.nodeID), "host": .string(address.host), "port": .init(address.port)]
    }

    func describeCluster() -> WireValue {
        ["clusterId": .string(Self.clusterID), "controllerId": .int(Self.nodeID), "brokers": [node]]
    }

    func coordinator() -> WireValue { 
        ["errorCode": 0, "nodeId": .int(Self.nodeID), "host": .string(address.host), "port": .init(address.port)]
    }

    func metadata(_ body: WireValue, _ version: Int16) -> WireValue {
        let wanted = body.topics.optionalElements
        let isAll = wanted == nil || version == 0 && wanted?.isEmpty == true
        let names = isAll ? topics.topics.keys.sorted() : (wanted ?? []).map(\.name.text)
        let mayCreate = configuration.createsTopics && !isAll && (version < 4 || body.allowAutoTopicCreation.isTrue)
        return [
            "brokers": [node], "clusterId": .string(Self.clusterID), "controllerId": .int(Self.nodeID),
            "topics": .list(names.map { name in
                var error = ErrorCode.none
                if topics.topics[name] == nil {
                    error = TopicStore.isLegal(name) ? .unknownTopicOrPartition : .invalidTopic
                    if mayCreate, error == .unknownTopicOrPartition {
                        do {
                            _ = try topics.create(name, partitions: configuration.defaultPartitions, settings: TopicSettings())
                            error = .none
                        } catch let failure {
                            error = errorCode(failure)
                        }
                    }
                }
                return ["errorCode": .init(error), "name": .string(name), "partitions": partitions(of: name)]
            }),
        ]
    }

    private func partitions(of topic: String) -> WireValue {
        .list((topics.topics[topic]?.partitions ?? []).map {
            [
                "errorCode": 0, "index": .init($0.index), "leaderId": .int(Self.nodeID), "leaderEpoch": 0,
                "replicas": [.int(Self.nodeID)], "inSync": [.int(Self.nodeID)],
            ]
        })
    }

    func createTopics(_ body: WireValue) -> WireValue {
        [
            "topics": .list(body.topics.elements.map { entry in
                let name = entry.name.text
                do {
                    let topic = try create(entry, isDryRun: body.validateOnly.isTrue)
                    return [
                        "name": entry.name, "topicId": .bytes(topic?.id), "errorCode": 0,
                        "partitions": .init(topic?.partitions.count ?? -1), "replication": 1, "configs": [],
                    ]
                } catch {
                    return ["name": .string(name), "errorCode": .init(errorCode(error)), "errorMessage": .string(explain(error))]
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

    func explain(_ error: any Error) -> String {
        switch error as? ErrorCode {
        case .invalidConfig: "a setting is not one of a topic's, or its value is not one of the setting's"
        case .invalidReplicationFactor: "this broker is alone: the replication factor is 1"
        case let code?: "\(code)"
        case nil: "\(error)"
        }
    }

    func deleteTopics(_ body: WireValue) -> WireValue {
        [
            "responses": .list(body.topics.elements.map { entry in
                let name = entry.text
                do {
                    guard let topic = topics.topics[name] else { throw ErrorCode.unknownTopicOrPartition }
                    try topics.delete(name)
                    try offsets.delete(topic: name, now: now)
                    for partition in topic.partitions { changed(partition) }
                    return ["name": entry, "errorCode": 0]
                } catch {
                    return ["name": entry, "errorCode": .init(errorCode(error))]
                }
            })
        ]
    }

    func createPartitions(_ body: WireValue) -> WireValue {
        [
            "results": .list(body.topics.elements.map { entry in
                do {
                    guard let topic = topics.topics[entry.name.text] else { throw ErrorCode.unknownTopicOrPartition }
                    guard entry.count.int > topic.partitions.count, entry.count.int <= 10_000 else { throw ErrorCode.invalidPartitions }
                    if !body.validateOnly.isTrue { try topics.grow(topic, to: Int(entry.count.int)) }
                    return ["name": entry.name, "errorCode": 0]
                } catch {
                    return ["name": entry.name, "errorCode": .init(errorCode(error)), "errorMessage": .string(explain(error))]
                }
            })
        ]
    }

    func deleteRecords(_ body: WireValue) -> WireValue {
        [
            "topics": .list(body.topics.elements.map { topic in
                [
                    "name": topic.name,
                    "partitions": .list(topic.partitions.elements.map { entry in
                        do {
                            let partition = try self.topics.partition(topic.name.text, entry.index.int32)
                            let log = partition.log
                            let offset = entry.offset.int == -1 ? log.endOffset : entry.offset.int
                            guard offset >= 0, offset <= log.endOffset else { throw ErrorCode.offsetOutOfRange }
                            _ = try log.deleteRecords(before: offset)
                            partition.forgetDeleted()
                            return ["index": entry.index, "lowWatermark": .int(log.startOffset), "errorCode": 0]
                        } catch {
                            return ["index": entry.index, "errorCode": .init(self.errorCode(error))]
                        }
                    }),
                ]
            })
        ]
    }
}
