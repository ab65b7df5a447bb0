/// How a connection is encrypted and who it speaks as.
///
/// Prints its kind and no secret.
public struct KafkaSecurity: Sendable {
    /// Whom to trust, and with which certificate to introduce oneself.
    public struct TLS: Sendable {
        /// File or directory of certificate authorities; `nil` takes the system's.
        public var authorities: String?
        /// PEM file with the client's certificate chain.
        public var certificate: String?
        /// PEM file with the client's private key.
        public var privateKey: String?
        public var privateKeyPassword: String?
        /// Whether the broker's certificate must be for the name it was reached by. Of one that isn't
        /// librdkafka says no more than that it could not be verified.
        public var verifiesHostName: Bool

        public init(
            authorities: String? = nil,
            certificate: String? = nil,
            privateKey: String? = nil,
            privateKeyPassword: String? = nil,
            verifiesHostName: Bool = true
        ) {
            self.authorities = authorities
            self.certificate = certificate
            self.privateKey = privateKey
            self.privateKeyPassword = privateKeyPassword
            self.verifiesHostName = verifiesHostName
        }
    }

    public enum Scram: String, Sendable, Hashable {
        case sha256 = "SCRAM-SHA-256"
        case sha512 = "SCRAM-SHA-512"
    }

    /// SASL: who the client says it is.
    public struct Authentication: Sendable {
        enum Mechanism: Sendable {
            case plain(user: String, password: String)
            case scram(Scram, user: String, password: String)
            case oauthBearer(@Sendable () async throws -> OAuthToken)
        }

        let mechanism: Mechanism

        /// The password goes over the wire as it is: for TLS connections only.
        public static func plain(user: String, password: String) -> Self {
            Self(mechanism: .plain(user: user, password: password))
        }

        public static func scram(_ kind: Scram, user: String, password: String) -> Self {
            Self(mechanism: .scram(kind, user: user, password: password))
        }

        /// `token` is asked for a token before the first connection and again before each
        /// token's end. When it throws, the error is logged, connections wait, and it is asked
        /// again after ten seconds.
        public static func oauthBearer(_ token: @escaping @Sendable () async throws -> OAuthToken) -> Self {
            Self(mechanism: .oauthBearer(token))
        }
    }

    public var tls: TLS?
    public var authentication: Authentication?

    public init(tls: TLS? = nil, authentication: Authentication? = nil) {
        self.tls = tls
        self.authentication = authentication
    }
}

extension KafkaSecurity {
    /// In librdkafka's terms.
    var properties: [(String, String)] {
        let protocolName =
            switch (tls != nil, authentication != nil) {
            case (false, false): "plaintext"
            case (true, false): "ssl"
            case (false, true): "sasl_plaintext"
            case (true, true): "sasl_ssl"
            }
        var properties = [("security.protocol", protocolName)]
        if let tls {
            let files = [
                ("ssl.ca.location", tls.authorities), ("ssl.certificate.location", tls.certificate),
                ("ssl.key.location", tls.privateKey), ("ssl.key.password", tls.privateKeyPassword),
            ]
            properties += files.compactMap { name, value in value.map { (name, $0) } }
            // Off by default before librdkafka 2.0.
            properties.append(("ssl.endpoint.identification.algorithm", tls.verifiesHostName ? "https" : "none"))
        }
        switch authentication?.mechanism {
        case .plain(let user, let password):
            properties += [("sasl.mechanism", "PLAIN"), ("sasl.username", user), ("sasl.password", password)]
        case .scram(let kind, let user, let password):
            properties += [("sasl.mechanism", kind.rawValue), ("sasl.username", user), ("sasl.password", password)]
        case .oauthBearer:
            properties.append(("sasl.mechanism", "OAUTHBEARER"))
        case nil:
            break
        }
        return properties
    }

    var tokenSource: (@Sendable () async throws -> OAuthToken)? {
        if case .oauthBearer(let token) = authentication?.mechanism { token } else { nil }
    }
}

extension KafkaSecurity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        properties.filter { $0.0 == "security.protocol" || $0.0 == "sasl.mechanism" }
            .map(\.1).joined(separator: " ")
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["security": description]) }
}

extension KafkaSecurity.TLS: CustomStringConvertible, CustomReflectable {
    public var description: String { "TLS" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension KafkaSecurity.Authentication: CustomStringConvertible, CustomReflectable {
    public var description: String {
        switch mechanism {
        case .plain: "PLAIN"
        case .scram(let kind, _, _): kind.rawValue
        case .oauthBearer: "OAUTHBEARER"
        }
    }

    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
