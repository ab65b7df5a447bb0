import KafkaClient
import Logging
import Testing

@Suite(.enabled(if: Broker.isAvailable, "FERRY_BROKERS names no broker"))
struct SmokeTests {
    @Test("what was sent is read")
    func roundTrip() async throws {
        let topic = try await Broker.topic(partitions: 2)
        let producer = try Producer(Broker.configuration, logger: .quiet)
        let d = try await producer.send(ProducerRecord(topic: topic, key: bytes("k"), value: bytes("v"), headers: [KafkaHeader("a", "1")], timestamp: 1_800_000_000_000))
        #expect(d.offset == 0)
        await producer.close()
        let consumer = try Consumer(ConsumerConfiguration(Broker.configuration, groupID: unique("g"), instanceID: unique("i"), reportsEndOfPartition: true), logger: .quiet)
        try consumer.subscribe([topic])
        let got = try await consumer.take(1)
        #expect(got == [ConsumedRecord(topic: topic, partition: d.partition, offset: 0, timestamp: 1_800_000_000_000, key: bytes("k"), value: bytes("v"), headers: [KafkaHeader("a", "1")])])
        try await consumer.commit([TopicPartition(topic, d.partition): 1])
        #expect(try await consumer.committed([TopicPartition(topic, d.partition)], timeout: .seconds(5)) == [TopicPartition(topic, d.partition): 1])

        let tx = try TransactionalProducer(Broker.configuration, transactionalID: unique("tx"), logger: .quiet)
        try await tx.initialize(timeout: .seconds(10))
        try tx.begin()
        try await tx.enqueue(ProducerRecord(topic: topic, partition: d.partition, value: bytes("t")))
        try await tx.sendOffsets([TopicPartition(topic, d.partition): 1], group: consumer.groupMetadata(), timeout: .seconds(10))
        try await tx.commit(timeout: .seconds(10))
        await tx.close()
        #expect(try await consumer.take(1).count == 1)
        await consumer.close()
    }

    @Test("mock")
    func mock() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let producer = try Producer(KafkaConfiguration(bootstrapServers: cluster.bootstrapServers), logger: .quiet)
        let delivery = try await producer.send(ProducerRecord(topic: "t", value: bytes("v")))
        #expect(delivery.offset == 0)
        await producer.close()
    }
}
