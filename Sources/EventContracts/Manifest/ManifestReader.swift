import Yams

/// Reads a `service.yaml`.
public struct ManifestReader {
    private let origin: String

    /// - Throws: ``ManifestError`` with file and line.
    public static func read(yaml: String, origin: String) throws(ManifestError) -> ServiceManifest {
        try ManifestReader(origin: origin).manifest(yaml)
    }

    private init(origin: String) { self.origin = origin }

    private static let members: Set<String> = [
        "service", "version", "namespace", "inputs", "outputs", "state", "effects", "timers",
    ]

    private func manifest(_ yaml: String) throws(ManifestError) -> ServiceManifest {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw ManifestError(origin: origin, line: 1, message: "not YAML: \(error)")
        }
        guard case .mapping(let mapping)? = root else {
            throw ManifestError(origin: origin, line: 1, message: "a manifest is a mapping that begins with `service:`")
        }
        for (key, _) in mapping where !Self.members.contains(key.string ?? "") {
            throw fail(key, "unknown member \(key.string ?? "?"); known are \(Self.members.sorted().joined(separator: ", "))")
        }
        let results = try effects("results", mapping)
        let requests = try effects("requests", mapping)
        let manifest = ServiceManifest(
            name: try name(mapping, "service"),
            version: try text(mapping, "version"),
            namespace: try name(mapping, "namespace"),
            inputs: try topics(mapping, "inputs"),
            outputs: try topics(mapping, "outputs"),
            state: try reference(try require(mapping, "state")),
            effectRequests: requests,
            effectResults: results,
            timers: try (mapping["timers"]?.array() ?? []).map { node throws(ManifestError) in try self.name(node) }
        )
        guard requests.isEmpty == results.isEmpty else {
            throw fail(mapping["effects"] ?? .mapping(mapping), "effects need both requests and results")
        }
        return manifest
    }

    private func effects(_ member: String, _ mapping: Node.Mapping) throws(ManifestError) -> [EventReference] {
        guard let effects = mapping["effects"] else { return [] }
        guard let list = effects[member] else { throw fail(effects, "effects need both requests and results") }
        return try references(list)
    }

    private func topics(_ mapping: Node.Mapping, _ member: String) throws(ManifestError) -> [ServiceManifest.Topic] {
        let node = try require(mapping, member)
        guard case .mapping(let topics) = node else { throw fail(node, "\(member) is a mapping of topics to events") }
        var result: [ServiceManifest.Topic] = []
        for (key, list) in topics {
            guard let topic = key.string, !topic.isEmpty else { throw fail(key, "a topic needs a name") }
            result.append(ServiceManifest.Topic(name: topic, events: try references(list)))
        }
        return result
    }

    private func references(_ node: Node) throws(ManifestError) -> [EventReference] {
        guard case .sequence(let items) = node else { throw fail(node, "a list of events is expected here") }
        var result: [EventReference] = []
        for item in items { result.append(try reference(item)) }
        return result
    }

    private func reference(_ node: Node) throws(ManifestError) -> EventReference {
        guard let text = node.string, let reference = EventReference(text) else {
            throw fail(node, "\(node.string ?? "this") is not an event; write context/event@major.minor, as in cart/item-added@1.0")
        }
        return reference
    }

    private func require(_ mapping: Node.Mapping, _ member: String) throws(ManifestError) -> Node {
        guard let node = mapping[Node(member)] else {
            throw ManifestError(origin: origin, line: 1, message: "the member \(member) is missing")
        }
        return node
    }

    private func text(_ mapping: Node.Mapping, _ member: String) throws(ManifestError) -> String {
        let node = try require(mapping, member)
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw fail(node, "\(member) is a text") }
        return scalar.string
    }

    private func name(_ mapping: Node.Mapping, _ member: String) throws(ManifestError) -> String {
        try name(try require(mapping, member))
    }

    private func name(_ node: Node) throws(ManifestError) -> String {
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
        guard let text = node.string, let first = text.first, first.isLetter, text.allSatisfy(letters.contains) else {
            throw fail(node, "a name consists of a–z, 0–9 and hyphens, and begins with a letter")
        }
        return text
    }

    private func fail(_ node: Node, _ message: String) -> ManifestError {
        ManifestError(origin: origin, line: node.mark?.line ?? 1, message: message)
    }
}
