/// The names of all headers that Ferry reads or writes.
public enum HeaderName {
    public static let contentType = "content-type"

    // CloudEvents 1.0.2, Kafka protocol binding, binary mode.
    public static let attributePrefix = "ce_"

    // Dead letters: outside the event, so that the event itself is unchanged.
    public static let deadLetterOriginalTopic = "dlq-original-topic"
    public static let deadLetterOriginalPartition = "dlq-original-partition"
    public static let deadLetterOriginalOffset = "dlq-original-offset"
    public static let deadLetterOriginalTimestamp = "dlq-original-timestamp"
    public static let deadLetterGroup = "dlq-group"
    public static let deadLetterErrorClass = "dlq-error-class"
    public static let deadLetterReason = "dlq-reason"
    public static let deadLetterAttempts = "dlq-attempts"

    // Replays.
    public static let replayID = "replay-id"
    public static let replaySource = "replay-source"
}
