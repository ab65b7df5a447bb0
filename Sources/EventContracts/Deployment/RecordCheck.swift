import JSONSchema

/// Whether one version of a service could read a record, as its worker would: an older version of an event by its own schema, a
/// changelog record by the versions of the state.
///
/// It has the service's contract, not its code: that an upcaster makes something valid of a valid document is for the service's tests.
public struct RecordCheck: Sendable {
    public enum Finding: Sendable, Hashable {
        case readable
        /// An event that the service doesn't name: readers are open.
        case passedOver
        /// The worker would make a dead letter of it, or, of a changelog record, refuse to start.
        case refused(String)
    }

    private let manifest: ServiceManifest
    /// The reader's view of each event by its type.
    private let inputs: [String: Schema]
    private let states: [String: Schema]
    private let effects: [String: Schema]

    /// - Throws: `SchemaCompileError` for a schema that can't be used.
    public init(_ contract: ContractSnapshot) throws(SchemaCompileError) {
        let manifest = contract.manifest
        func schemas(_ events: [EventReference]) throws(SchemaCompileError) -> [String: Schema] {
            var schemas: [String: Schema] = [:]
            for event in events { schemas[event.type(in: manifest.namespace)] = try contract.schema(of: event, view: .openReader) }
            return schemas
        }
        self.manifest = manifest
        inputs = try schemas(manifest.inputs.flatMap(\.events) + manifest.effectResults)
        states = try schemas(manifest.olderStates + [manifest.state])
        effects = try schemas(manifest.effectRequests)
    }

    /// - Parameter topic: the name that the manifest has for it: an input, or the changelog.
    public func check(topic: String, key: [UInt8]?, headers: [EventHeader], value: [UInt8]?) -> Finding {
        guard let key, String(validating: key, as: UTF8.self) != nil else {
            return .refused("the record has no key, or one that is not UTF-8")
        }
        do {
            if topic == manifest.changelogTopic { return try changelog(value) }
            let event = try CloudEvent(headers: headers, value: value)
            if topic == manifest.timersTopic { return .readable }
            return try self.event(event)
        } catch {
            return .refused("\(error)")
        }
    }

    private func event(_ event: CloudEvent) throws(JSONParseError) -> Finding {
        guard let schema = inputs[event.type] else {
            let other = inputs.keys.filter { Self.stem(of: $0) == Self.stem(of: event.type) }.sorted()
            return other.isEmpty
                ? .passedOver : .refused("\(event.type) is not a version that is read, which are \(other.joined(separator: ", "))")
        }
        guard let data = event.data else { return .refused("\(event.type) has no data: the record is a tombstone") }
        return finding(event.type, schema, try JSONParser.parse(data))
    }

    private func changelog(_ value: [UInt8]?) throws(JSONParseError) -> Finding {
        guard let value else { return .readable }
        let json = try JSONParser.parse(value)
        if let state = json["state"] {
            guard let written = json["stateSchema"]?.string.flatMap({ EventReference(schemaID: $0) }) else {
                return .refused("the state doesn't name its schema")
            }
            guard let schema = states[written.type(in: manifest.namespace)] else {
                let read = (manifest.olderStates + [manifest.state]).map(\.description).joined(separator: " and ")
                return .refused("the state was written under \(written), and \(read) is read")
            }
            let finding = finding("the state, written under \(written)", schema, state)
            guard finding == .readable else { return finding }
        }
        if case .array(let pending)? = json["effects"] {
            for effect in pending {
                let type = effect["type"]?.string ?? ""
                guard let schema = effects[type] else { return .refused("a pending effect is \(type), which is not asked for") }
                let finding = finding("a pending \(type)", schema, effect["data"] ?? .null)
                guard finding == .readable else { return finding }
            }
        }
        if case .array(let pending)? = json["timers"] {
            for timer in pending.compactMap({ $0["timer"]?.string }) where !manifest.timers.contains(timer) {
                return .refused("the pending timer \(timer) is not known")
            }
        }
        return .readable
    }

    private func finding(_ what: String, _ schema: Schema, _ document: JSONValue) -> Finding {
        let violations = schema.validate(document)
        guard !violations.isEmpty else { return .readable }
        return .refused("\(what): " + violations.prefix(3).map(\.description).joined(separator: "; "))
    }

    /// A type without its major version.
    private static func stem(of type: String) -> Substring { type[..<(type.lastIndex(of: ".") ?? type.endIndex)] }
}
