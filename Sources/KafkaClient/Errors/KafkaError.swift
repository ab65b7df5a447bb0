/// What went wrong, in three forms: a closed ``Code`` to branch on, librdkafka's own code and
/// name to search for, and three answers to "what now".
///
/// | property | meaning |
/// |---|---|
/// | ``isRetriable`` | the same call with the same arguments may succeed later |
/// | ``requiresAbort`` | the transaction must be aborted; the producer stays usable |
/// | ``isFatal`` | the client is beyond repair: close it and make a new one |
///
/// None of the three set means that the call failed for good and the client is unharmed.
public struct KafkaError: Error, Sendable, Hashable {
    public var code: Code
    /// librdkafka's code (`rd_kafka_resp_err_t`): negative from the client, positive from a
    /// broker, zero where the error is this library's own.
    public var nativeCode: Int32
    /// librdkafka's name for the code, such as `_TIMED_OUT`; empty where the error is this
    /// library's own.
    public var nativeName: String
    /// For people. Never holds a secret from the configuration.
    public var message: String
    public var isRetriable: Bool
    public var isFatal: Bool
    public var requiresAbort: Bool
    /// The partition concerned, where the error is about one.
    public var topicPartition: TopicPartition?

    public init(
        _ code: Code,
        _ message: String,
        nativeCode: Int32 = 0,
        nativeName: String = "",
        isRetriable: Bool = false,
        isFatal: Bool = false,
        requiresAbort: Bool = false,
        topicPartition: TopicPartition? = nil
    ) {
        self.code = code
        self.nativeCode = nativeCode
        self.nativeName = nativeName
        self.message = message
        self.isRetriable = isRetriable
        self.isFatal = isFatal
        self.requiresAbort = requiresAbort
        self.topicPartition = topicPartition
    }
}

extension KafkaError: CustomStringConvertible {
    public var description: String {
        var text = "\(code)"
        if !nativeName.isEmpty { text += " (\(nativeName))" }
        if let topicPartition { text += " \(topicPartition)" }
        text += ": \(message)"
        let answers = [(isFatal, "fatal"), (requiresAbort, "requires abort"), (isRetriable, "retriable")]
            .filter(\.0).map(\.1)
        return answers.isEmpty ? text : text + " [" + answers.joined(separator: ", ") + "]"
    }
}

extension KafkaError {
    static func closed(_ what: String) -> KafkaError {
        KafkaError(.closed, "the \(what) is closed")
    }

    static let cancelled = KafkaError(.cancelled, "the task was cancelled")
}
