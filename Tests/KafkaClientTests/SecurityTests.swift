@testable import KafkaClient
import Logging
import Synchronization
import Testing

@Suite("Security", .timeLimit(.minutes(5)))
struct SecurityTests {
    private let secret = "hunter2-hunter2"

    @Test("TLS and SASL become librdkafka's properties")
    func properties() {
        let security = KafkaSecurity(
            tls: .init(authorities: "/ca.pem", verifiesHostName: false),
            authentication: .scram(.sha512, user: "u", password: secret)
        )
        #expect(Dictionary(uniqueKeysWithValues: security.properties) == [
            "security.protocol": "sasl_ssl", "ssl.ca.location": "/ca.pem",
            "ssl.endpoint.identification.algorithm": "none", "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": "u", "sasl.password": secret,
        ])
        #expect(Dictionary(uniqueKeysWithValues: KafkaSecurity(tls: .init()).properties) == [
            "security.protocol": "ssl", "ssl.endpoint.identification.algorithm": "https",
        ])
    }

    @Test("authorities that cannot be read fail at construction with the property's name")
    func authorities() {
        #expect(throws: KafkaError.self) {
            try Producer(
                KafkaConfiguration(
                    bootstrapServers: "b:1", security: KafkaSecurity(tls: .init(authorities: "/no/such/ca.pem"))
                ),
                logger: .quiet
            )
        }
    }

    @Test("what holds a secret prints none of it, whichever way it is printed")
    func printing() {
        let token = OAuthToken(secret, expiresAt: 1, principal: "p", extensions: ["x": secret])
        let kinds: [KafkaSecurity.Authentication] = [
            .plain(user: "u", password: secret), .scram(.sha256, user: "u", password: secret),
            .oauthBearer { token },
        ]
        var text = "\(token) \(String(reflecting: token))"
        dump(token, to: &text)
        for kind in kinds {
            let security = KafkaSecurity(tls: .init(privateKeyPassword: secret), authentication: kind)
            let kafka = KafkaConfiguration(bootstrapServers: "b:1", security: security)
            let consumer = ConsumerConfiguration(kafka, groupID: "g")
            text += "\(kind) \(security) \(kafka) \(consumer) \(String(reflecting: consumer)) \(String(reflecting: kind))"
            dump(kind, to: &text)
            dump(security, to: &text)
            dump(consumer, to: &text)
            dump(security.tls as Any, to: &text)
        }
        #expect(!text.contains(secret))
        #expect(text.contains("SCRAM-SHA-256"))
    }

    @Test("a client with a secret logs none of it, even when it logs everything")
    func logging() async throws {
        let lines = LogLines()
        let producer = try Producer(
            KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1",
                security: KafkaSecurity(authentication: .plain(user: "u", password: secret)),
                properties: ["debug": "all", "log_level": "7"]
            ),
            logger: lines.logger
        )
        try await eventually("it tries to connect") { lines.all.contains { $0.contains("Connect") } }
        await producer.close(timeout: .zero)
        #expect(lines.all.count > 20)
        #expect(!lines.all.contains { $0.contains(secret) })
    }

    @Test("a token is asked for before the first connection, a failure is logged, and the close waits for neither")
    func tokens() async throws {
        struct Refused: Error {}
        let asked = Mutex(0)
        let lines = LogLines()
        let producer = try Producer(
            KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1",
                security: KafkaSecurity(authentication: .oauthBearer {
                    asked.withLock { $0 += 1 }
                    throw Refused()
                })
            ),
            logger: lines.logger
        )
        try await eventually("the failure is logged") {
            lines.all.contains { $0.contains("No OAUTHBEARER token") && $0.contains("Refused") }
        }
        #expect(asked.withLock { $0 } == 1)
        await producer.close(timeout: .zero)

        let slow = try Producer(
            KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1",
                security: KafkaSecurity(authentication: .oauthBearer {
                    asked.withLock { $0 += 1 }
                    try await Task.sleep(for: .seconds(3600))
                    throw Refused()
                })
            ),
            logger: .quiet
        )
        try await eventually("it is asked") { asked.withLock { $0 } == 2 }
        await slow.close(timeout: .zero)
    }

    @Test("a token that librdkafka accepts is used without complaint")
    func acceptedToken() async throws {
        let lines = LogLines()
        let producer = try Producer(
            KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1",
                security: KafkaSecurity(authentication: .oauthBearer {
                    OAuthToken("abc", expiresAt: 4_000_000_000_000, principal: "p", extensions: ["trace": "on"])
                }),
                properties: ["debug": "security"]
            ),
            logger: lines.logger
        )
        try await eventually("it goes on to connect") { lines.all.contains { $0.contains("Connection trouble") } }
        #expect(!lines.all.contains { $0.contains("No OAUTHBEARER token") })
        await producer.close(timeout: .zero)
    }
}
