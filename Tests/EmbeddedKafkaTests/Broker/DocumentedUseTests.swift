import EmbeddedKafka
import KafkaClient
import Testing

/// What docs/embedded-kafka.md shows.
@Suite("As the documentation uses it")
struct DocumentedUseTests {
    @Test("A test starts a broker, gives its address to a client, and stops it")
    func inATest() async throws {
        let broker = try await EmbeddedKafka.start()
        let kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        let producer = try Producer(kafka, logger: .silent)
        #expect(try await producer.send(ProducerRecord(topic: "t", value: [1])).offset == 0)
        await producer.close()
        try await broker.stop()
    }
}
