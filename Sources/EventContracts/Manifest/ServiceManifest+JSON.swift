import JSONSchema

extension ServiceManifest {
    /// The manifest with the members that `service.yaml` has; topics stand in lists, which keep their order.
    public var json: JSONValue {
        var object: JSONObject = [
            "inputs": Self.json(inputs), "namespace": .string(namespace), "outputs": Self.json(outputs), "service": .string(name),
            "state": Self.json(olderStates + [state]), "version": .string(version),
        ]
        if !effectRequests.isEmpty || !effectResults.isEmpty {
            object["effects"] = ["requests": Self.json(effectRequests), "results": Self.json(effectResults)]
        }
        if !timers.isEmpty { object["timers"] = .array(timers.map { .string($0) }) }
        return .object(object)
    }

    /// Reads ``json``; members that it doesn't know are left aside, since a newer writer may have more to tell. `nil` for anything that
    /// isn't such a manifest.
    public init?(json: JSONValue) {
        guard
            let name = json["service"]?.string, let version = json["version"]?.string, let namespace = json["namespace"]?.string,
            let inputs = Self.topics(json["inputs"]), let outputs = Self.topics(json["outputs"]),
            let states = Self.references(json["state"]), let state = states.last,
            let requests = Self.references(json["effects"]?["requests"] ?? []),
            let results = Self.references(json["effects"]?["results"] ?? []), let timers = Self.texts(json["timers"] ?? [])
        else { return nil }
        self.init(
            name: name, version: version, namespace: namespace, inputs: inputs, outputs: outputs, state: state,
            olderStates: states.dropLast(), effectRequests: requests, effectResults: results, timers: timers)
    }

    private static func json(_ topics: [Topic]) -> JSONValue {
        .array(topics.map { ["events": json($0.events), "topic": .string($0.name)] })
    }

    private static func json(_ events: [EventReference]) -> JSONValue { .array(events.map { .string($0.description) }) }

    private static func topics(_ json: JSONValue?) -> [Topic]? {
        guard case .array(let elements)? = json else { return nil }
        var topics: [Topic] = []
        for element in elements {
            guard let name = element["topic"]?.string, let events = references(element["events"]) else { return nil }
            topics.append(Topic(name: name, events: events))
        }
        return topics
    }

    private static func references(_ json: JSONValue?) -> [EventReference]? {
        guard let texts = texts(json) else { return nil }
        let references = texts.compactMap { EventReference($0) }
        return references.count == texts.count ? references : nil
    }

    private static func texts(_ json: JSONValue?) -> [String]? {
        guard case .array(let elements)? = json else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }
}
