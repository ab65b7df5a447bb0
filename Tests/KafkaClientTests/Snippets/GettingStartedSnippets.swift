import KafkaClient
import KafkaClientServices
import Logging
import ServiceLifecycle

/// The code of the article "Getting started".
struct GettingStartedSnippets {
    let servers: String
    let logger: Logger

    func send() async throws -> Delivery {
        // snippet
        let kafka = KafkaConfiguration(bootstrapServers: servers, clientID: "shop")
        let producer = try Producer(kafka, logger: logger)
        let delivery = try await producer.send(
            ProducerRecord(topic: "orders", key: Array("order-1".utf8), value: Array("placed".utf8))
        )
        print("\(delivery.topic)[\(delivery.partition)] at offset \(delivery.offset)")
        await producer.close()
        // end
        return delivery
    }

    func read(_ kafka: KafkaConfiguration, handle: @escaping (ConsumedRecord) async throws -> Void) async throws {
        // snippet
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: "billing"), logger: logger)
        try consumer.subscribe(["orders"])
        for try await record in consumer.records {
            try await handle(record)
            try await consumer.commit([record.topicPartition: record.offset + 1])
        }
        // end
    }

    func secured(_ password: String) -> KafkaConfiguration {
        // snippet
        let secured = KafkaConfiguration(
            bootstrapServers: servers,
            security: KafkaSecurity(
                tls: .init(authorities: "/etc/ssl/kafka-ca.pem"),
                authentication: .scram(.sha512, user: "billing", password: password)
            ),
            properties: ["socket.keepalive.enable": "true"]
        )
        // end
        return secured
    }

    func services(_ producer: Producer, _ consumer: Consumer, _ worker: some Service) async throws {
        // snippet
        let group = ServiceGroup(
            services: [producer, consumer, ClientMetrics(of: consumer), worker],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await group.run()
        // end
    }
}
