extension Broker {
    private static let topicResource: Int64 = 2
    private static let brokerResource: Int64 = 4

    func describeConfigs(_ body: WireValue) -> WireValue {
        [
            "results": .list(body.resources.elements.map { resource in
                attempt(["type": resource.type, "name": resource.name]) {
                    let wanted = resource.keys.optionalElements.map { Set($0.map(\.text)) }
                    return ["configs": .list(try describe(resource).filter { wanted?.contains($0.name.text) ?? true })]
                }
            })
        ]
    }

    private func describe(_ resource: WireValue) throws -> [WireValue] {
        switch resource.type.int {
        case Self.topicResource:
            guard let settings = topics.topics[resource.name.text]?.settings else { throw ErrorCode.unknownTopicOrPartition }
            // 1 is set for the topic, 5 is Kafka's standard.
            return settings.names.map { ["name": .string($0), "value": .string(settings[$0]), "source": settings.isOverridden($0) ? 1 : 5] }
        case Self.brokerResource:
            return [
                ["name": "auto.create.topics.enable", "value": .string("\(configuration.createsTopics)"), "readOnly": true, "source": 4],
                ["name": "num.partitions", "value": .string("\(configuration.defaultPartitions)"), "readOnly": true, "source": 4],
            ]
        default: throw ErrorCode.invalidRequest
        }
    }

    func alterConfigs(_ body: WireValue, isIncremental: Bool) -> WireValue {
        [
            "responses": .list(body.resources.elements.map { resource in
                attempt(["type": resource.type, "name": resource.name]) {
                    try alter(resource, isIncremental: isIncremental, isDryRun: body.validateOnly.isTrue)
                    return [:]
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
