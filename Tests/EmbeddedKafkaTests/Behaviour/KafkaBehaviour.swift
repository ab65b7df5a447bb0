import KafkaClient
import Testing

/// What Apache Kafka 4.1 was seen to answer, asked through librdkafka: of this project's broker, and with `FERRY_BROKERS` of that one, too.
/// Where a broker of Apache's disagrees with a test, the test is wrong.
///
/// What takes a second broker (replication, acknowledged records after the death of a leader) is not here: this broker is always alone.
@Suite("As Apache Kafka answers", .timeLimit(.minutes(10)))
struct KafkaBehaviour {}
