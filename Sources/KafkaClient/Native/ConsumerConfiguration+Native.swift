extension ConsumerConfiguration {
    func native() throws(KafkaError) -> NativeConfiguration {
        let reset: String
        switch startWhenNoOffset {
        case .earliest: reset = "earliest"
        case .latest: reset = "latest"
        case .stored, .at:
            throw KafkaError(.invalidConfiguration, "startWhenNoOffset is earliest or latest")
        }
        var required = [
            ("group.id", groupID ?? Self.nameOfNoGroup()),
            ("enable.partition.eof", reportsEndOfPartition ? "true" : "false"),
        ]
        if let instanceID { required.append(("group.instance.id", instanceID)) }
        var defaults = [
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("partition.assignment.strategy", strategies.map(\.rawValue).joined(separator: ",")),
            ("auto.offset.reset", reset),
            ("isolation.level", isolation.rawValue),
        ]
        if let sessionTimeout {
            defaults.append(("session.timeout.ms", "\(sessionTimeout.kafkaMilliseconds)"))
        }
        if let maximumPollInterval {
            defaults.append(("max.poll.interval.ms", "\(maximumPollInterval.kafkaMilliseconds)"))
        }
        if let maximumFetchWait {
            defaults.append(("fetch.wait.max.ms", "\(maximumFetchWait.kafkaMilliseconds)"))
        }
        return try NativeConfiguration(kafka, defaults: defaults, required: required)
    }

    /// librdkafka assigns partitions only to a consumer with a group name. This one joins
    /// nothing and commits nothing, so no broker ever learns of the group.
    private static func nameOfNoGroup() -> String {
        "ferry-no-group-" + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}
