import Yams

/// Reads a `service.yaml`, and refuses what can't be meant before anything is generated from it.
public struct ManifestReader {
    private let origin: String
    /// The one minor version in which each major version of an event is named.
    private var pinned: [String: EventReference] = [:]

    /// - Parameter origin: the path of the file, for errors.
    /// - Throws: ``ManifestError`` with file and line: for YAML that is malformed, a member that is missing, unknown or of the wrong
    ///   kind, an event that is named in two minor versions of one major, and a topic that isn't the service's to name.
    public static func read(yaml: String, origin: String) throws(ManifestError) -> ServiceManifest {
        var reader = ManifestReader(origin: origin)
        return try reader.manifest(yaml)
    }

    private init(origin: String) { self.origin = origin }

    private static let members: Set<String> = [
        "service", "version", "namespace", "inputs", "outputs", "state", "effects", "timers",
    ]

    private mutating func manifest(_ yaml: String) throws(ManifestError) -> ServiceManifest {
        let root = try mapping(try compose(yaml), "a manifest", known: Self.members)
        let effects = try root["effects"].map { node throws(ManifestError) in
            try mapping(node, "effects", known: ["requests", "results"])
        }
        let states = try states(try require(root, "state"))
        let manifest = ServiceManifest(
            name: try serviceName(try require(root, "service")),
            version: try text(try require(root, "version")),
            namespace: try namespace(try require(root, "namespace")),
            inputs: try topics(try require(root, "inputs"), "inputs"),
            outputs: try topics(try require(root, "outputs"), "outputs"),
            state: states.newest,
            olderStates: states.older,
            effectRequests: try effects.map { effects throws(ManifestError) in try references(try require(effects, "requests")) } ?? [],
            effectResults: try effects.map { effects throws(ManifestError) in try references(try require(effects, "results")) } ?? [],
            timers: try timers(root)
        )
        try check(manifest, root)
        return manifest
    }

    private func compose(_ yaml: String) throws(ManifestError) -> Node {
        do {
            guard let root = try Yams.compose(yaml: yaml) else { throw fail(1, "the manifest is empty") }
            return root
        } catch let error as ManifestError {
            throw error
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw fail(mark.line, "not YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
            throw fail(context.mark.line, "named twice: \(duplicates.joined(separator: ", "))")
        } catch {
            throw fail(1, "not YAML: \(error)")
        }
    }

    /// What only shows once the whole is known.
    private func check(_ manifest: ServiceManifest, _ root: Node.Mapping) throws(ManifestError) {
        guard !manifest.inputs.isEmpty else { throw fail(root["inputs"], "a service reads at least one topic") }
        let own = [manifest.changelogTopic, manifest.resultsTopic, manifest.timersTopic, manifest.deadLetterTopic]
        for member in ["inputs", "outputs"] {
            for (key, _) in root[member]?.mapping ?? [:] where own.contains(key.string ?? "") {
                throw fail(key, "\(key.string ?? "") is the service's own: the runtime reads and writes it without its being named")
            }
        }
        var homes: [EventReference: String] = [:]
        for (key, list) in root["outputs"]?.mapping ?? [:] {
            let topic = key.string ?? ""
            guard topic.hasPrefix(manifest.name + ".") else {
                throw fail(key, "a service writes only its own topics, which begin with \(manifest.name).")
            }
            for item in list.sequence ?? [] {
                guard let event = item.string.flatMap({ EventReference($0) }) else { continue }
                if let home = homes.updateValue(topic, forKey: event) {
                    throw fail(item, "\(event) is written to \(home) already; an event has one topic")
                }
            }
        }
    }

    private mutating func topics(_ node: Node, _ member: String) throws(ManifestError) -> [ServiceManifest.Topic] {
        var result: [ServiceManifest.Topic] = []
        for (key, list) in try mapping(node, member, known: nil) {
            let name = key.string ?? ""
            guard (1...249).contains(name.utf8.count), name.utf8.allSatisfy(Self.isTopicByte) else {
                throw fail(key, "a topic's name consists of up to 249 letters, digits, dots, hyphens and underscores")
            }
            result.append(ServiceManifest.Topic(name: name, events: try references(list)))
        }
        return result
    }

    private static func isTopicByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func references(_ node: Node) throws(ManifestError) -> [EventReference] {
        guard case .sequence(let items) = node, !items.isEmpty else { throw fail(node, "a list of events is expected here") }
        var result: [EventReference] = []
        for item in items {
            let reference = try reference(item)
            guard !result.contains(reference) else { throw fail(item, "\(reference) is named twice in one list") }
            result.append(reference)
        }
        return result
    }

    /// One event, or a list of its major versions: the newest is written, all are read.
    private mutating func states(_ node: Node) throws(ManifestError) -> (newest: EventReference, older: [EventReference]) {
        let states = try node.sequence == nil ? [reference(node)] : references(node)
        let sorted = states.sorted()
        guard let newest = sorted.last, sorted.allSatisfy(newest.isSameEvent(as:)) else {
            throw fail(node, "a service has one state; only its older major versions can be listed beside it")
        }
        return (newest, sorted.dropLast())
    }

    private mutating func reference(_ node: Node) throws(ManifestError) -> EventReference {
        guard case .scalar(let scalar) = node, let reference = EventReference(scalar.string) else {
            throw fail(node, "\(node.string ?? "this") is not an event; write context/event@major.minor, as in cart/item-added@1.0")
        }
        let major = "\(reference.context)/\(reference.event)@\(reference.version.major)"
        let first = pinned[major, default: reference]
        guard first == reference else {
            throw fail(node, "\(reference) is named as \(first) too; a service keeps to one minor version of a major")
        }
        pinned[major] = reference
        return reference
    }

    private func timers(_ root: Node.Mapping) throws(ManifestError) -> [String] {
        guard let node = root["timers"] else { return [] }
        guard case .sequence(let items) = node else { throw fail(node, "timers is a list of names") }
        var result: [String] = []
        for item in items {
            let timer = try name(item)
            guard !result.contains(timer) else { throw fail(item, "the timer \(timer) is named twice") }
            result.append(timer)
        }
        return result
    }

    private func mapping(_ node: Node, _ what: String, known: Set<String>?) throws(ManifestError) -> Node.Mapping {
        guard case .mapping(let mapping) = node else { throw fail(node, "\(what) is a mapping") }
        for (key, _) in mapping {
            guard let known, !known.contains(key.string ?? "") else { continue }
            throw fail(key, "unknown member \(key.string ?? "?"); known are \(known.sorted().joined(separator: ", "))")
        }
        return mapping
    }

    private func require(_ mapping: Node.Mapping, _ member: String) throws(ManifestError) -> Node {
        guard let node = mapping[member] else { throw fail(mapping.mark?.line ?? 1, "the member \(member) is missing") }
        return node
    }

    private func text(_ node: Node) throws(ManifestError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw fail(node, "a text is expected here") }
        return scalar.string
    }

    private func serviceName(_ node: Node) throws(ManifestError) -> String {
        let service = try name(node)
        guard service != "ferry" else { throw fail(node, "the name ferry belongs to the runtime's own topics") }
        return service
    }

    private func namespace(_ node: Node) throws(ManifestError) -> String {
        let namespace = try name(node)
        guard namespace != "ferry" else { throw fail(node, "the namespace ferry belongs to the runtime's own events") }
        return namespace
    }

    private func name(_ node: Node) throws(ManifestError) -> String {
        guard case .scalar(let scalar) = node, EventReference.isName(scalar.string) else {
            throw fail(node, "a name consists of a–z, 0–9 and hyphens, and begins with a letter")
        }
        return scalar.string
    }

    private func fail(_ node: Node?, _ message: String) -> ManifestError { fail(node?.mark?.line ?? 1, message) }

    private func fail(_ line: Int, _ message: String) -> ManifestError {
        ManifestError(origin: origin, line: line, message: message)
    }
}
