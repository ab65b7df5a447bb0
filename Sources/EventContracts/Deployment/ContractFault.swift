import JSONSchema

/// One reason why two versions of services can't run beside each other.
public struct ContractFault: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A document that the writer may write and the reader refuses.
        case refused(witness: JSONValue, violations: [Violation])
        /// The reader knows the event, but not in this major version, and has no upcaster for it. The witness is any document of it.
        case noReader(witness: JSONValue?)
        /// The reader waits for the event on a topic of the writer's, which writes it no more.
        case notWritten
        /// It could not be proved that the reader accepts all that may be written; that counts as a refusal.
        case undecided(reason: String)
        /// Two versions of one service that read different topics can't share its group: partition i of all topics would no longer
        /// belong to one worker.
        case differentTopics(only: [String])
        /// A timer that the other version doesn't know would stop it when it restores the state.
        case unknownTimer(String)
    }

    /// What is handed from one to the other.
    public enum Subject: String, Sendable, Hashable {
        case event, state, effect, result, timer, topics
    }

    /// `order 2.0.0`
    public let writer: String
    public let reader: String
    public let subject: Subject
    /// What is written; `nil` where the fault isn't about one event.
    public let written: EventReference?
    /// The versions of it that the reader knows.
    public let read: [EventReference]
    public let kind: Kind

    /// What is wrong, and how to mend it, in one sentence.
    public var message: String {
        let event = written.map(\.description) ?? ""
        let known = read.map(\.description).joined(separator: " and ")
        switch kind {
        case .refused(_, let violations):
            return "\(writer) writes \(event), \(reader) reads \(known) and would refuse a document: "
                + violations.prefix(3).map(\.description).joined(separator: "; ")
        case .noReader:
            let reads = read.isEmpty ? "reads no version of it" : "reads only \(known)"
            return "\(writer) writes \(event), \(reader) \(reads): "
                + "first deploy a version of \(readerName) that names this major version too"
        case .notWritten:
            return "\(reader) waits for \(known), which \(writer) writes no more: first deploy a version of \(readerName) that does without"
        case .undecided(let reason):
            return "\(writer) writes \(event), \(reader) reads \(known): whether it can read every document is not known: \(reason)"
        case .differentTopics(let only):
            return "\(writer) and \(reader) can't share a group: only one of them reads \(only.joined(separator: ", ")); "
                + "stop all workers of one before the first of the other starts (--replace)"
        case .unknownTimer(let timer):
            return "\(writer) starts the timer \(timer), which \(reader) doesn't know: it would refuse the state that holds it"
        }
    }

    /// A document that shows it.
    public var witness: JSONValue? {
        switch kind {
        case .refused(let witness, _): witness
        case .noReader(let witness): witness
        default: nil
        }
    }

    private var readerName: String { reader.split(separator: " ").first.map(String.init) ?? reader }

    public var json: JSONValue {
        var object: JSONObject = [
            "message": .string(message), "reader": .string(reader), "reads": .array(read.map { .string($0.description) }),
            "subject": .string(subject.rawValue), "writer": .string(writer),
        ]
        if let written { object["event"] = .string(written.description) }
        if let witness { object["witness"] = witness }
        return .object(object)
    }
}
