import KafkaClient
import Logging
import NIOSSL

@testable import EmbeddedKafka

/// A broker that clients reach over TLS, by way of a proxy that it advertises.
struct SecureBroker: Sendable {
    let broker: EmbeddedKafka
    let proxy: TLSProxy

    var address: EmbeddedKafka.Address { broker.configuration.advertised ?? .init(host: "127.0.0.1", port: proxy.port) }

    /// Runs `body` with a broker behind a proxy, both of which end with it.
    ///
    /// - Parameter host: what clients call the proxy's machine.
    static func with(
        _ server: Certificates.Identity, host: String = "localhost", clientAuthority: Certificates.Identity? = nil,
        maximumVersion: TLSVersion = .tlsv13, users: [String: String] = [:], _ body: (SecureBroker) async throws -> Void
    ) async throws {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(server.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: server.key, format: .pem)))
        tls.maximumTLSVersion = maximumVersion
        if let clientAuthority {
            tls.certificateVerification = .noHostnameVerification
            tls.trustRoots = .file(clientAuthority.certificate)
        }
        let proxy = try await TLSProxy.start(tls)
        var configuration = EmbeddedKafka.Configuration()
        configuration.advertised = .init(host: host, port: proxy.port)
        configuration.users = users
        let broker = try await EmbeddedKafka.start(configuration)
        proxy.passOn(toPort: broker.port)
        do {
            try await body(SecureBroker(broker: broker, proxy: proxy))
        } catch {
            try? await proxy.stop()
            try? await broker.stop()
            throw error
        }
        try await proxy.stop()
        try await broker.stop()
    }

    func kafka(_ security: KafkaSecurity?, _ properties: [String: String] = [:]) -> KafkaConfiguration {
        // The proxy listens where IPv4 is spoken.
        KafkaConfiguration(
            bootstrapServers: "\(address)", security: security,
            properties: ["broker.address.family": "v4"].merging(properties) { $1 })
    }
}
