import JSONSchema

/// Whether versions of services may run beside each other: everything that one of them may write must be readable by all that read it.
///
/// Pure: it knows the manifests and the schemas, and compares what may be written with what may be read, not with what was.
public struct DeploymentCheck: Sendable {
    /// How the versions of one service follow each other.
    public enum Rollout: Sendable, Hashable {
        /// Workers of both versions run in one group for a while, and the newer one may be taken back.
        case beside
        /// All workers of the older version have stopped before the first of the candidate starts. There is no way back.
        case replace
    }

    /// Why they can't; empty if they can.
    public private(set) var faults: [ContractFault] = []
    /// How many pairs of schemas were compared.
    public private(set) var compared = 0

    private let rollout: Rollout

    /// Compares a candidate with each of the versions that run, its own service's among them.
    ///
    /// - Throws: `SchemaCompileError` for a schema that can't be used.
    public init(
        _ candidate: ContractSnapshot, beside others: [ContractSnapshot], rollout: Rollout = .beside
    ) throws(SchemaCompileError) {
        self.rollout = rollout
        try events(from: candidate, to: candidate)
        for other in others {
            if other.manifest.name == candidate.manifest.name {
                try versions(candidate, other)
            } else {
                try events(from: candidate, to: other)
                try events(from: other, to: candidate)
            }
        }
    }

    /// What one service publishes and another reads.
    private mutating func events(from writer: ContractSnapshot, to reader: ContractSnapshot) throws(SchemaCompileError) {
        let known = reader.manifest.inputs.flatMap(\.events)
        for topic in writer.manifest.outputs {
            guard let input = reader.manifest.inputs.first(where: { $0.name == topic.name }) else { continue }
            for event in topic.events {
                // A reader that doesn't name the event in any version passes it over.
                guard known.contains(where: event.isSameEvent(as:)) else { continue }
                try compare(.event, event, from: writer, to: reader, known: known)
            }
            for missing in input.events where !topic.events.contains(where: missing.isSameEvent(as:)) {
                add(.event, nil, from: writer, to: reader, read: [missing], .notWritten)
            }
        }
    }

    /// What two versions of one service hand to each other: its changelog, its results and its timers belong to both.
    private mutating func versions(_ candidate: ContractSnapshot, _ running: ContractSnapshot) throws(SchemaCompileError) {
        try inheritance(from: running, to: candidate)
        guard rollout == .beside else { return }
        try inheritance(from: candidate, to: running)
        let only = Set(candidate.manifest.inputTopics).symmetricDifference(running.manifest.inputTopics).sorted()
        if !only.isEmpty { add(.topics, nil, from: candidate, to: running, read: [], .differentTopics(only: only)) }
    }

    /// What one version of a service leaves to another.
    private mutating func inheritance(from writer: ContractSnapshot, to reader: ContractSnapshot) throws(SchemaCompileError) {
        let (written, read) = (writer.manifest, reader.manifest)
        try compare(.state, written.state, from: writer, to: reader, known: read.olderStates + [read.state])
        for effect in written.effectRequests {
            try compare(.effect, effect, from: writer, to: reader, known: read.effectRequests)
        }
        for result in written.effectResults {
            try compare(.result, result, from: writer, to: reader, known: read.effectResults)
        }
        for timer in written.timers where !read.timers.contains(timer) {
            add(.timer, nil, from: writer, to: reader, read: [], .unknownTimer(timer))
        }
    }

    private mutating func compare(
        _ subject: ContractFault.Subject, _ event: EventReference, from writer: ContractSnapshot, to reader: ContractSnapshot,
        known: [EventReference]
    ) throws(SchemaCompileError) {
        let versions = Set(known.filter(event.isSameEvent(as:))).sorted()
        let closed = try writer.schema(of: event, view: .closedWriter)
        guard let version = versions.first(where: { $0.version.major == event.version.major }) else {
            return add(subject, event, from: writer, to: reader, read: versions, .noReader(witness: try Self.anyDocument(of: closed)))
        }
        compared += 1
        switch closed.containment(in: try reader.schema(of: version, view: .openReader)) {
        case .contained: break
        case .refuted(let witness, let violations):
            add(subject, event, from: writer, to: reader, read: [version], .refused(witness: witness, violations: violations))
        case .unknown(let reason):
            add(subject, event, from: writer, to: reader, read: [version], .undecided(reason: reason))
        }
    }

    /// One that the schema allows, found by asking for one that nothing allows; `nil` if there is none to be found.
    private static func anyDocument(of schema: Schema) throws(SchemaCompileError) -> JSONValue? {
        let nothing = try Schema.compile(.bool(false), origin: "nothing")
        guard case .refuted(let witness, _) = schema.containment(in: nothing) else { return nil }
        return witness
    }

    private mutating func add(
        _ subject: ContractFault.Subject, _ event: EventReference?, from writer: ContractSnapshot, to reader: ContractSnapshot,
        read: [EventReference], _ kind: ContractFault.Kind
    ) {
        faults.append(
            ContractFault(writer: writer.name, reader: reader.name, subject: subject, written: event, read: read, kind: kind))
    }
}
