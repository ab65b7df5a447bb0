/// Which partition a record goes to that names none. With a key all but ``random`` send equal
/// keys to the same partition; they differ in the hash, and in what happens without a key.
public enum Partitioner: String, Sendable, Hashable, CaseIterable {
    case random
    /// CRC32, librdkafka's own; an empty or NULL key counts as a key.
    case consistent
    /// CRC32; a random partition for an empty or NULL key.
    case consistentRandom = "consistent_random"
    /// The hash of Kafka's Java client; a NULL key counts as a key.
    case murmur2
    /// As the Java client: its hash, and a random partition for a NULL key.
    case murmur2Random = "murmur2_random"
    /// FNV-1a, as Sarama's; a NULL key counts as a key.
    case fnv1a
    case fnv1aRandom = "fnv1a_random"
}
