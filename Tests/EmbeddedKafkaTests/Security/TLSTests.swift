import KafkaClient
import NIOSSL
import Testing

@testable import EmbeddedKafka

/// Handshakes between librdkafka and a proxy in front of the broker.
@Suite("TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    private static let here = "DNS:localhost, IP:127.0.0.1"
    private static let elsewhere = "DNS:elsewhere.example, IP:192.0.2.1"
    private static let unverified = "certificate verify failed"

    private let certificates: Certificates
    private let authority: Certificates.Identity

    init() async throws {
        certificates = try Certificates()
        authority = try await certificates.authority("authority")
    }

    private func server(for names: String = here) async throws -> Certificates.Identity {
        try await certificates.certificate("server", for: names, by: authority)
    }

    private var trusting: KafkaSecurity.TLS { .init(authorities: authority.certificate) }

    @Test(
        "Records are written, read by a group and committed over TLS, and nothing is said in the clear",
        arguments: ["localhost", "127.0.0.1"])
    func endToEnd(host: String) async throws {
        try await SecureBroker.with(server(), host: host) { secure in
            try await secure.expectService(KafkaSecurity(tls: trusting))
            #expect(secure.proxy.seen.handshakes > 1)
            #expect(secure.proxy.seen.passedOn > 0)
            #expect(secure.proxy.seen.strayBytes == 0)
        }
    }

    @Test("A client that speaks in the clear is seen to, and not served")
    func inTheClear() async throws {
        try await SecureBroker.with(server()) { secure in
            let admin = try AdminClient(secure.kafka(nil), logger: .silent)
            let error = await failure { () async throws(KafkaError) in try await admin.metadata(topics: nil, timeout: .seconds(1)) }
            #expect(error?.code == .brokerUnavailable, "\(String(describing: error))")
            await admin.close()
            #expect(secure.proxy.seen.strayBytes > 0)
            #expect((secure.proxy.seen.handshakes, secure.proxy.seen.passedOn) == (0, 0))
        }
    }

    @Test("A certificate of an authority that isn't trusted is an error of every call, which says so")
    func untrusted() async throws {
        let other = try await certificates.authority("other")
        try await SecureBroker.with(server()) { secure in
            try await secure.expectRefusal(KafkaSecurity(tls: .init(authorities: other.certificate)), saying: Self.unverified)
            #expect(secure.proxy.seen.handshakes == 0)
        }
    }

    @Test("A certificate for another name is refused, unless the name doesn't matter", arguments: ["localhost", "127.0.0.1"])
    func otherName(host: String) async throws {
        try await SecureBroker.with(server(for: Self.elsewhere), host: host) { secure in
            try await secure.expectRefusal(KafkaSecurity(tls: trusting), saying: Self.unverified)
            #expect(secure.proxy.seen.handshakes == 0)
            var tls = trusting
            tls.verifiesHostName = false
            try await secure.expectService(KafkaSecurity(tls: tls))
        }
    }

    @Test(
        "Where a client's certificate is asked for, one with an encrypted key and its password comes in",
        arguments: [TLSVersion.tlsv12, .tlsv13])
    func clientCertificate(version: TLSVersion) async throws {
        let password = Self.secret()
        let tls = try await trusting(introducing: "client", by: authority, password: password)
        try await SecureBroker.with(server(), clientAuthority: authority, maximumVersion: version) { secure in
            try await secure.expectService(KafkaSecurity(tls: tls))
        }
    }

    @Test(
        "Where a client's certificate is asked for, none and one of another authority are refused, and the password stays secret",
        arguments: [(TLSVersion.tlsv12, "alert handshake failure"), (.tlsv13, "alert certificate required")])
    func noClientCertificate(version: TLSVersion, withoutOne: String) async throws {
        let password = Self.secret()
        let stranger = try await trusting(introducing: "stranger", by: certificates.authority("other"), password: password)
        try await SecureBroker.with(server(), clientAuthority: authority, maximumVersion: version) { secure in
            try await secure.expectRefusal(KafkaSecurity(tls: trusting), saying: withoutOne)
            try await secure.expectRefusal(KafkaSecurity(tls: stranger), saying: "alert unknown ca", secrets: [password])
            #expect(secure.proxy.seen.passedOn == 0)
        }
    }

    @Test("An encrypted key without its password makes no client, and neither it nor a wrong password is in the error or in the log")
    func keyPassword() async throws {
        let (password, guess) = (Self.secret(), Self.secret())
        var tls = try await trusting(introducing: "client", by: authority, password: password)
        for given in [nil, guess] {
            tls.privateKeyPassword = given
            let lines = LogLines(logLevel: .trace)
            let kafka = KafkaConfiguration(
                bootstrapServers: "127.0.0.1:1", security: KafkaSecurity(tls: tls), properties: ["debug": "all"])
            let error = await failure { () async throws(KafkaError) in try AdminClient(kafka, logger: lines.logger) }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains("ssl.key.location") == true, "\(String(describing: error))")
            let said = lines.text + "\(String(describing: error))"
            #expect([password, guess].filter { said.contains($0) } == [])
        }
    }

    @Test("A name and its password go over TLS; a wrong one is refused by every call, and isn't printed")
    func password() async throws {
        let (password, guess) = (Self.secret(), Self.secret())
        try await SecureBroker.with(server(), users: ["ann": password]) { secure in
            try await secure.expectService(KafkaSecurity(tls: trusting, authentication: .plain(user: "ann", password: password)))
            #expect(secure.proxy.seen.strayBytes == 0)
            try await secure.expectRefusal(
                KafkaSecurity(tls: trusting, authentication: .plain(user: "ann", password: guess)),
                saying: "name or password is wrong", secrets: [password, guess])
        }
    }

    private static func secret() -> String { "secret-\(UInt64.random(in: 0 ... .max))" }

    private func trusting(
        introducing name: String, by issuer: Certificates.Identity, password: String
    ) async throws -> KafkaSecurity.TLS {
        let client = try await certificates.certificate(name, for: "DNS:client.example", by: issuer)
        var tls = trusting
        tls.certificate = client.certificate
        tls.privateKey = try await certificates.encrypted(client, password: password).key
        tls.privateKeyPassword = password
        return tls
    }
}
