internal import CLibrdkafka

extension AdminClient {
    /// Per resource its settings by name, or why they cannot be told. A broker is asked for its
    /// own.
    public func describeConfiguration(
        of resources: [ConfigResource],
        timeout: Duration
    ) async throws(KafkaError) -> [ConfigResource: Result<[ConfigEntry], KafkaError>] {
        guard !resources.isEmpty else { return [:] }
        let operation = RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            // A broker's settings are asked of that broker, which librdkafka knows by this call.
            var requests = resources.map(\.native)
            rd_kafka_DescribeConfigs(client, &requests, requests.count, options, queue)
            rd_kafka_ConfigResource_destroy_array(&requests, requests.count)
        } read: { event in
            var count = 0
            let results = rd_kafka_DescribeConfigs_result_resources(
                rd_kafka_event_DescribeConfigs_result(event), &count
            )
            var described: [ConfigResource: Result<[ConfigEntry], KafkaError>] = [:]
            for case let result? in UnsafeBufferPointer(start: results, count: count) {
                guard let resource = ConfigResource(native: result) else { continue }
                if let error = resource.error(in: result) {
                    described[resource] = .failure(error)
                } else {
                    described[resource] = .success(ConfigEntry.all(of: result))
                }
            }
            return .success(described)
        }
    }

    /// Changes the settings named and leaves the others; `nil` resets one to its default.
    ///
    /// librdkafka 2.0.2 can only replace all settings of a resource at once (it has no
    /// IncrementalAlterConfigs, KIP-339), so this reads the settings first and writes them
    /// back: **a change made by someone else in between is lost**. Where a setting to be kept is
    /// sensitive, and so cannot be read, the call throws
    /// ``KafkaError/Code-swift.struct/unsupported`` and changes nothing.
    public func alterConfiguration(
        of resource: ConfigResource,
        _ changes: [String: String?],
        timeout: Duration
    ) async throws(KafkaError) {
        let deadline = ContinuousClock.now + timeout
        let described = try await describeConfiguration(of: [resource], timeout: timeout)
        guard let answer = described[resource] else {
            throw KafkaError(.other, "\(resource) was not described")
        }
        var settings: [String: String] = [:]
        for entry in try answer.get() where resource.isOwn(entry) && changes[entry.name] == nil {
            guard let value = entry.value, !entry.isSensitive else {
                throw KafkaError(
                    .unsupported, "\(resource) has the sensitive setting \(entry.name), which would be lost"
                )
            }
            settings[entry.name] = value
        }
        settings.merge(changes.compactMapValues { $0 }) { $1 }
        try await replaceConfiguration(of: resource, settings, timeout: deadline.remaining)
    }

    /// Makes these the settings of the resource. **All others go back to their defaults.**
    public func replaceConfiguration(
        of resource: ConfigResource,
        _ settings: [String: String],
        timeout: Duration
    ) async throws(KafkaError) {
        let error = try await handle.administer(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, timeout: timeout) { client, options, queue in
            let request = resource.native
            for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
                rd_kafka_ConfigResource_set_config(request, name, value)
            }
            var requests = [request]
            rd_kafka_AlterConfigs(client, &requests, 1, options, queue)
            rd_kafka_ConfigResource_destroy(request)
        } read: { event -> Result<KafkaError?, KafkaError> in
            var count = 0
            let results = rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(event), &count)
            guard count > 0, let result = results?[0] else { return .success(nil) }
            return .success(resource.error(in: result))
        }
        if let error { throw error }
    }
}

extension ConfigResource {
    fileprivate var native: OpaquePointer? {
        switch self {
        case .topic(let name): rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name)
        case .broker(let id): rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_BROKER, "\(id)")
        }
    }

    fileprivate init?(native resource: OpaquePointer) {
        let name = String(cString: rd_kafka_ConfigResource_name(resource))
        switch rd_kafka_ConfigResource_type(resource) {
        case RD_KAFKA_RESOURCE_TOPIC:
            self = .topic(name)
        case RD_KAFKA_RESOURCE_BROKER:
            guard let id = Int32(name) else { return nil }
            self = .broker(id)
        default:
            return nil
        }
    }

    fileprivate func error(in result: OpaquePointer) -> KafkaError? {
        let code = rd_kafka_ConfigResource_error(result)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        var error = KafkaError(native: code, "\(self)")
        if let text = rd_kafka_ConfigResource_error_string(result) {
            error.message = "\(self): \(String(cString: text))"
        }
        return error
    }

    /// Whether the setting was made for this resource, and is not inherited.
    fileprivate func isOwn(_ entry: ConfigEntry) -> Bool {
        switch self {
        case .topic: entry.source == .topic
        case .broker: entry.source == .broker
        }
    }
}

extension ConfigEntry {
    fileprivate static func all(of resource: OpaquePointer) -> [ConfigEntry] {
        var count = 0
        let entries = rd_kafka_ConfigResource_configs(resource, &count)
        return UnsafeBufferPointer(start: entries, count: count).compactMap { $0 }
            .map(ConfigEntry.init(native:)).sorted { $0.name < $1.name }
    }

    private init(native entry: OpaquePointer) {
        name = String(cString: rd_kafka_ConfigEntry_name(entry))
        value = rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) }
        isReadOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1
        isSensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1
        source =
            switch rd_kafka_ConfigEntry_source(entry) {
            case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG: .topic
            case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG: .broker
            case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG: .unknown
            case RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG: .file
            case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG: .standard
            default: .unknown
            }
    }
}
