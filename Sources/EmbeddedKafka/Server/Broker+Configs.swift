extension Broker {
    private static let topicResource: Int64 = 2
    private static let brokerResource: Int64 = 4

    func describeConfigs(_ body: WireValue) -> WireValue {
        [
            "results": .list(body.resources.elements.map { resource in
                let wanted = resource.keys.optionalElements.map { Set($0.map(\.text)) }
                var answer: [String: WireValue] = ["type": resource.type, "name": resource.name, "errorCode": 0]
                switch resource.type.int {
                case Self.topicResource:
                    guard let settings = topics.topics[resource.name.text]?.settings else {
                        answer["errorCode"] = .init(ErrorCode.unknownTopicOrPartition)
                        break
                    }
                    answer["configs"] = .list(settings.names.filter { wanted?.contains($0) ?? true }.map { name in
                        [
                            "name": .string(name), "value": .string(settings[name]),
                            // 1 is set for the topic, 5 is Kafka's standard.
                            "source": settings.isOverridden(name) ? 1 : 5,
                        ]
                    })
                case Self.brokerResource:
                    answer["configs"] = .list([
                        ["name": "auto.create.topics.enable", "value": .string("\(configuration.createsTopics)"), "readOnly": true, "source": 4],
                        ["name": "num.partitions", "value": .string("\(configuration.defaultPartitions)"), "readOnly": true, "source": 4],
                    ])
                default: answer["errorCode"] = .init(ErrorCode.invalidRequest)
                }
                return .structure(answer)
            })
        ]
    }

    func alterConfigs(_ body: WireValue, isIncremental: Bool) -> WireValue {
        [
            "responses": .list(body.resources.elements.map { resource in
                do {
                    try alter(resource, isIncremental: isIncremental, isDryRun: body.validateOnly.isTrue)
                    return ["errorCode": 0, "type": resource.type, "name": resource.name]
                } catch {
                    return [
                        "errorCode": .init(errorCode(error)), "errorMessage": .string(explain(error)), "type": resource.type,
                        "name": resource.name,
                    ]
                }
            })
        ]
    }

    private func alter(_ resource: WireValue, isIncremental: Bool, isDryRun: Bool) throws {
        guard resource.type.int == Self.topicResource else { throw ErrorCode.invalidRequest }
        guard let topic = topics.topics[resource.name.text] else { throw ErrorCode.unknownTopicOrPartition }
        // The older request replaces all settings; the newer one sets (0) or removes (1) some.
        var settings = isIncremental ? topic.settings : TopicSettings()
        for config in resource.configs.elements {
            guard !isIncremental || (0...1).contains(config.operation.int) else { throw ErrorCode.invalidConfig }
            let isRemoval = isIncremental && config.operation.int == 1
            try settings.set(config.name.text, isRemoval ? nil : config.value.optionalText)
        }
        if !isDryRun { try topics.apply(settings, to: topic) }
    }
}
