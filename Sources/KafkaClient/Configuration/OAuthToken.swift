/// A bearer token for SASL OAUTHBEARER (RFC 7628). Prints its principal and its end, not itself.
public struct OAuthToken: Sendable, CustomStringConvertible, CustomReflectable {
    public var value: String
    /// Milliseconds since the epoch. librdkafka asks for the next one at 80 % of the way there.
    public var expiresAt: Int64
    public var principal: String
    /// SASL extensions, sent beside the token.
    public var extensions: [String: String]

    public init(_ value: String, expiresAt: Int64, principal: String, extensions: [String: String] = [:]) {
        self.value = value
        self.expiresAt = expiresAt
        self.principal = principal
        self.extensions = extensions
    }

    public var description: String { "OAuthToken(\(principal), until \(expiresAt))" }

    public var customMirror: Mirror {
        Mirror(self, children: ["principal": principal, "expiresAt": expiresAt])
    }
}
