/// How to reach a cluster, shared by every kind of client, and any librdkafka property by name.
///
/// Properties win over what this library sets by default. An unknown or ill-typed property
/// makes the client's initializer throw ``KafkaError/Code-swift.struct/invalidConfiguration``
/// with the name of the property. The properties are librdkafka's
/// ([CONFIGURATION.md](https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md)).
public struct KafkaConfiguration: Sendable {
    /// `host:port`, several separated by commas. One that answers is enough to find the rest.
    public var bootstrapServers: String
    /// The name that brokers see in requests, logs and quotas.
    public var clientID: String
    /// `nil` is an open connection, unless the properties say otherwise.
    public var security: KafkaSecurity?
    /// How often statistics are gathered; `nil` is never.
    public var statisticsInterval: Duration?
    public var properties: [String: String]

    public init(
        bootstrapServers: String,
        clientID: String = "ferry",
        security: KafkaSecurity? = nil,
        statisticsInterval: Duration? = nil,
        properties: [String: String] = [:]
    ) {
        self.bootstrapServers = bootstrapServers
        self.clientID = clientID
        self.security = security
        self.statisticsInterval = statisticsInterval
        self.properties = properties
    }
}

extension KafkaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Everything but the secrets, whose values are replaced.
    public var description: String {
        let shown = printableProperties.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "KafkaConfiguration(\(bootstrapServers), client.id=\(clientID)"
            + (security.map { ", \($0)" } ?? "")
            + shown.map { ", " + $0 }.joined() + ")"
    }

    public var debugDescription: String { description }

    /// `dump` and string interpolation of an enclosing value reflect, so secrets are kept out
    /// of the mirror as well.
    public var customMirror: Mirror {
        Mirror(self, children: [
            "bootstrapServers": bootstrapServers,
            "clientID": clientID,
            "security": security as Any,
            "properties": printableProperties,
        ])
    }

    private var printableProperties: [String: String] {
        Dictionary(uniqueKeysWithValues: properties.map { name, value in
            (name, Self.isSecret(name) ? "[redacted]" : value)
        })
    }

    /// Errs on the side of hiding: passwords, keys, secrets, and the free-form OAUTHBEARER and
    /// JAAS texts that carry them.
    static func isSecret(_ property: String) -> Bool {
        let name = property.lowercased()
        return ["password", "secret", "key.pem", "jaas", "oauthbearer.config", "token"]
            .contains { name.contains($0) }
    }
}
