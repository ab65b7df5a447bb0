import EventContracts

/// The names that a service's topics, group and transactions have on a broker: those of its manifest behind an
/// optional prefix, so that several shops (staging, tests) can share one cluster without meeting.
public struct ServiceTopics: Sendable, Hashable {
    public let prefix: String
    private let manifest: ServiceManifest

    public init(_ manifest: ServiceManifest, prefix: String = "") {
        self.manifest = manifest
        self.prefix = prefix
    }

    public func physical(_ topic: String) -> String { prefix + topic }

    /// What the service reads, its own results and timers included.
    public var inputs: [String] { manifest.inputTopics.map(physical) }
    /// The public topics that the service writes.
    public var outputs: [String] { manifest.outputTopics.map(physical) }
    public var changelog: String { physical(manifest.changelogTopic) }
    public var results: String { physical(manifest.resultsTopic) }
    public var timers: String { physical(manifest.timersTopic) }
    public var deadLetters: String { physical(manifest.deadLetterTopic) }
    /// Where workers announce what they run.
    public var contracts: String { physical(ContractAnnouncement.topic) }
    /// The consumer group of the service's workers.
    public var group: String { physical(manifest.name) }
}
