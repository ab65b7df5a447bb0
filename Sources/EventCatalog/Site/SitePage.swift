import EventContracts

/// What the template of the page is filled with: every text ready, every list in its order.
struct SitePage {
    struct Group {
        let context: String
        let events: [Entry]
    }

    /// An event in the table of contents.
    struct Entry {
        let anchor: String
        let event: String
        let isCommand: Bool
    }

    struct Service {
        let name: String
        let version: String
        let reads: [Link]
        let writes: [Link]
        let state: String
        let calls: String?
        let timers: String?
        let ownTopics: String
    }

    struct Link {
        let anchor: String
        let text: String
    }

    struct Topic {
        let name: String
        let writers: String
        let readers: String
        let retention: String
        let events: [Link]
    }

    struct Event {
        let anchor: String
        let context: String
        let event: String
        let isCommand: Bool
        let description: String
        let topic: String
        /// What a search looks at, in small letters.
        let words: String
        /// Newest first.
        let versions: [Version]
        let commands: [Command]
    }

    struct Command {
        let purpose: String
        let line: String
    }

    struct Version {
        let anchor: String
        let version: String
        let isNewest: Bool
        let type: String
        let schemaID: String
        let description: String
        let producers: String
        let consumers: String
        let fields: [Field]
        let examples: [String]
        let step: Step?
    }

    struct Field {
        let anchor: String
        let path: String
        let type: String
        let isRequired: Bool
        let constraints: [String]
        let description: String
        let since: String
    }

    /// What became of the version before.
    struct Step {
        let from: String
        let isMajor: Bool
        let verdicts: [Verdict]
        let changes: [Change]
    }

    struct Change {
        let code: String
        let place: String
    }

    struct Verdict {
        let question: String
        let answer: String
        /// `yes`, `no` or `unknown`, for the style sheet.
        let kind: String
        let witness: String?
    }

    let title: String
    let counts: String
    let style: String
    let script: String
    let flow: String
    let groups: [Group]
    let services: [Service]
    let topics: [Topic]
    let events: [Event]
}

extension SitePage {
    init(_ catalog: EventCatalog, title: String, style: String, script: String) {
        let versions = catalog.events.reduce(0) { $0 + $1.versions.count }
        let counts = [
            "\(catalog.services.count) services", "\(catalog.topics.count) topics", "\(catalog.events.count) events in \(versions) versions",
        ]
        self.init(
            title: title,
            counts: counts.joined(separator: ", "),
            style: style, script: script, flow: FlowDrawing(catalog).svg,
            groups: Dictionary(grouping: catalog.events, by: \.context).sorted { $0.key < $1.key }.map { context, events in
                Group(context: context, events: events.map { Entry(anchor: $0.name, event: $0.event, isCommand: $0.isCommand) })
            },
            services: catalog.services.map(Service.init), topics: catalog.topics.map(Topic.init), events: catalog.events.map(Event.init))
    }
}

extension SitePage.Service {
    init(_ manifest: ServiceManifest) {
        func links(_ topics: [ServiceManifest.Topic]) -> [SitePage.Link] {
            topics.flatMap(\.events).map { SitePage.Link(anchor: $0.description, text: $0.description) }
        }
        name = manifest.name
        version = manifest.version
        reads = links(manifest.inputs)
        writes = links(manifest.outputs)
        state = manifest.state.description
        calls = manifest.effectRequests.isEmpty ? nil : manifest.effectRequests.map(\.description).joined(separator: ", ")
        timers = manifest.timers.isEmpty ? nil : manifest.timers.joined(separator: ", ")
        ownTopics = [manifest.changelogTopic, manifest.resultsTopic, manifest.timersTopic, manifest.deadLetterTopic].joined(separator: ", ")
    }
}

extension SitePage.Topic {
    init(_ topic: CatalogTopic) {
        name = topic.name
        writers = topic.writers.isEmpty ? "clients" : topic.writers.joined(separator: ", ")
        readers = topic.readers.isEmpty ? "no service" : topic.readers.joined(separator: ", ")
        retention = topic.cleanupPolicy == "compact" ? "compacted: the last of each key" : "by age, the broker's retention.ms"
        events = topic.events.map { SitePage.Link(anchor: $0, text: $0) }
    }
}

extension SitePage.Event {
    init(_ event: CatalogEvent) {
        let newest = event.versions[event.versions.count - 1]
        anchor = event.name
        context = event.context
        self.event = event.event
        isCommand = event.isCommand
        description = newest.description
        topic = event.topic
        let fields = event.versions.flatMap(\.fields).flatMap { [$0.path, $0.description] }
        words = ([event.name, event.topic] + event.versions.flatMap { [$0.type, $0.title, $0.description] } + fields)
            .joined(separator: " ").lowercased()
        versions = event.versions.reversed().map { SitePage.Version($0, of: event, isNewest: $0.reference == newest.reference) }
        commands = Self.commands(event, newest)
    }

    private static func commands(_ event: CatalogEvent, _ newest: CatalogVersion) -> [SitePage.Command] {
        let topic = ShellQuoting.word(event.topic)
        var commands = [
            SitePage.Command(purpose: "See the last ones", line: "ferry consume \(topic) --type \(newest.type) --tail 5"),
            SitePage.Command(
                purpose: "Replay the last hour of its topic into a file",
                line: "ferry replay \(topic) --from -1h --to-file \(ShellQuoting.word("\(event.topic).jsonl"))"),
        ]
        if let example = newest.examples.first {
            let data = ShellQuoting.word(String(decoding: example.canonicalBytes(), as: UTF8.self))
            commands.insert(
                SitePage.Command(purpose: "Publish one", line: "ferry produce \(newest.type) --key KEY --data \(data)"), at: 0)
        }
        return commands
    }
}

extension SitePage.Version {
    init(_ version: CatalogVersion, of event: CatalogEvent, isNewest: Bool) {
        let anchor = version.reference.description
        self.anchor = anchor
        self.version = version.reference.version.description
        self.isNewest = isNewest
        type = version.type
        schemaID = version.schemaID
        description = version.description
        producers = version.producers.isEmpty ? (event.isCommand ? "clients" : "no service") : version.producers.joined(separator: ", ")
        consumers = version.consumers.isEmpty ? "no service" : version.consumers.joined(separator: ", ")
        fields = version.fields.map {
            SitePage.Field(
                anchor: "\(anchor):\($0.anchor)", path: $0.path, type: $0.type, isRequired: $0.isRequired, constraints: $0.constraints,
                description: $0.description, since: $0.since)
        }
        examples = version.examples.map { $0.prettyText() }
        step = version.step.map(SitePage.Step.init)
    }
}

extension SitePage.Step {
    init(_ step: CatalogStep) {
        let old = step.backward.writer.version.description
        from = old
        isMajor = step.backward.writer.version.major != step.backward.reader.version.major
        // Each version has an $id of its own.
        changes = step.backward.differences.filter { $0.code != .idChanged }.map { SitePage.Change(code: $0.code.rawValue, place: $0.path) }
        verdicts = [
            SitePage.Verdict("A reader of this version understands what \(old) wrote", step.backward),
            SitePage.Verdict("A reader of \(old) understands what this version writes", step.forward),
        ]
    }
}

extension SitePage.Verdict {
    init(_ question: String, _ check: ReadCheck) {
        self.question = question
        switch check.outcome {
        case .accepted: (answer, kind, witness) = ("yes", "yes", nil)
        case .refuted(let document, _): (answer, kind, witness) = ("no, for example not", "no", document.prettyText())
        case .unknown(let reason): (answer, kind, witness) = ("not known: \(reason)", "unknown", nil)
        case .forbidden(let differences):
            (answer, kind, witness) = ("no: " + differences.map(\.code.rawValue).joined(separator: ", "), "no", nil)
        }
    }
}
