import KafkaClient
import Testing

@Suite("Configuration", .timeLimit(.minutes(5)))
struct ConfigurationTests {
    private func failure(_ properties: [String: String]) -> KafkaError? {
        do throws(KafkaError) {
            _ = try Producer(
                KafkaConfiguration(bootstrapServers: "127.0.0.1:1", properties: properties), logger: .quiet
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("an unknown property fails at construction with its name")
    func unknown() {
        #expect(
            failure(["no.such.thing": "1"])
                == KafkaError(.invalidConfiguration, "No such configuration property: \"no.such.thing\"")
        )
    }

    @Test("an ill-typed property fails at construction with its name")
    func illTyped() throws {
        let error = try #require(failure(["linger.ms": "soon"]))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("linger.ms"))
    }

    @Test("properties that contradict each other fail at construction")
    func contradiction() throws {
        let error = try #require(failure(["enable.idempotence": "true", "acks": "1"]))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("acks"))
    }

    @Test("a secret is in no error, description, dump or interpolation")
    func secrets() throws {
        let secret = "hunter2-hunter2"
        let configuration = KafkaConfiguration(
            bootstrapServers: "b:1",
            properties: [
                "sasl.password": secret, "ssl.key.password": secret, "ssl.key.pem": secret,
                "sasl.oauthbearer.client.secret": secret, "sasl.oauthbearer.config": secret,
                "ssl.keystore.password": secret, "linger.ms": "7",
            ]
        )
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(ConsumerConfiguration(configuration, groupID: "g"), to: &dumped)
        let texts = [
            "\(configuration)", String(reflecting: configuration), dumped,
            "\(ConsumerConfiguration(configuration, groupID: "g"))",
            "\(try #require(failure(["security.protocol": "ssl", "ssl.key.pem": secret])))",
        ]
        #expect(texts.filter { $0.contains(secret) } == [])
        #expect("\(configuration)".contains("linger.ms=7"))
    }

    @Test("a producer that is not transactional refuses a transactional id")
    func transactionalID() {
        #expect(
            failure(["transactional.id": "x"])
                == KafkaError(.invalidConfiguration, "transactional.id belongs to a TransactionalProducer")
        )
    }

    @Test("a property that contradicts a typed setting is refused")
    func typedSetting() {
        let kafka = KafkaConfiguration(bootstrapServers: "b:1", properties: ["group.id": "theirs"])
        #expect(throws: KafkaError(
            .invalidConfiguration, "group.id is set by this client (to \"ours\") and cannot be a property"
        )) {
            try Consumer(ConsumerConfiguration(kafka, groupID: "ours"), logger: .quiet)
        }
    }

    @Test("a partition without a committed offset starts at an end of the log, nowhere else")
    func startWhenNoOffset() {
        let kafka = KafkaConfiguration(bootstrapServers: "b:1")
        #expect(throws: KafkaError(.invalidConfiguration, "startWhenNoOffset is earliest or latest")) {
            try Consumer(ConsumerConfiguration(kafka, groupID: "g", startWhenNoOffset: .at(3)), logger: .quiet)
        }
    }

    @Test("how long a fetch may wait is librdkafka's fetch.wait.max.ms, and held to its limits")
    func maximumFetchWait() throws {
        var configuration = ConsumerConfiguration(KafkaConfiguration(bootstrapServers: "b:1"), groupID: nil)
        configuration.maximumFetchWait = .seconds(600)
        let error = #expect(throws: KafkaError.self) { try Consumer(configuration, logger: .quiet) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("fetch.wait.max.ms") == true)
    }
}
