/// What a service reads and writes, in which versions: the text of its `service.yaml`.
public struct ServiceManifest: Sendable, Hashable {
    /// The events of one topic.
    public struct Topic: Sendable, Hashable {
        public var name: String
        public var events: [EventReference]

        public init(name: String, events: [EventReference]) {
            self.name = name
            self.events = events
        }
    }

    /// Also the name of its consumer group.
    public var name: String
    public var version: String
    /// Leads the types of its events: `shop` in `shop.cart.item-added.v1`.
    public var namespace: String
    public var inputs: [Topic]
    public var outputs: [Topic]
    /// What it keeps of each key.
    public var state: EventReference
    /// Older major versions of the state that it can still read, oldest first.
    public var olderStates: [EventReference]
    /// What it asks of the outside, and the answers, which come back as inputs.
    public var effectRequests: [EventReference]
    public var effectResults: [EventReference]
    public var timers: [String]

    public init(
        name: String, version: String, namespace: String, inputs: [Topic], outputs: [Topic], state: EventReference,
        olderStates: [EventReference] = [], effectRequests: [EventReference] = [], effectResults: [EventReference] = [], timers: [String] = []
    ) {
        self.name = name
        self.version = version
        self.namespace = namespace
        self.inputs = inputs
        self.outputs = outputs
        self.state = state
        self.olderStates = olderStates
        self.effectRequests = effectRequests
        self.effectResults = effectResults
        self.timers = timers
    }

    public var changelogTopic: String { "\(name).changelog" }
    public var resultsTopic: String { "\(name).results" }
    public var timersTopic: String { "\(name).timers" }
    public var deadLetterTopic: String { "\(name).dlq" }

    /// Everything the service reads: its inputs, and its own results and timers where it has such.
    public var inputTopics: [String] {
        inputs.map(\.name) + (effectResults.isEmpty ? [] : [resultsTopic]) + (timers.isEmpty ? [] : [timersTopic])
    }

    /// The public topics it writes.
    public var outputTopics: [String] { outputs.map(\.name) }

    /// Every event that it names, each once, sorted.
    public var events: [EventReference] {
        let all = inputs.flatMap(\.events) + outputs.flatMap(\.events) + effectRequests + effectResults + olderStates + [state]
        return Set(all).sorted()
    }

    /// The next newer major version of an event that the service reads too: what it lifts the older one to. `nil` for the newest, and for
    /// an event that it doesn't read.
    public func successor(of event: EventReference) -> EventReference? {
        let versions = read.filter(event.isSameEvent(as:))
        guard versions.contains(event) else { return nil }
        return versions.filter { $0.version > event.version }.min()
    }

    private var read: [EventReference] { inputs.flatMap(\.events) + effectResults + olderStates + [state] }
}
