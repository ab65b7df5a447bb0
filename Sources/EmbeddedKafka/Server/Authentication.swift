import NIOCore

/// Whether a connection may ask for anything: at once, or after it said who it is (SASL PLAIN, RFC 4616).
struct Authentication {
    enum Verdict {
        case pass
        case answer(WireValue)
        case refuse
    }

    private enum State {
        /// Nobody is asked, or the answer was right.
        case open
        case expectsMechanism
        case expectsPassword
    }

    private let users: [String: String]
    private var state: State

    /// - Parameter users: passwords by name; without any, everyone may come in.
    init(users: [String: String]) {
        self.users = users
        state = users.isEmpty ? .open : .expectsMechanism
    }

    mutating func meet(_ api: API, _ body: WireValue) -> Verdict {
        switch (state, api.name) {
        case (_, "SaslHandshake"):
            guard body.mechanism.text == "PLAIN" else { return .answer(handshake(.unsupportedSaslMechanism)) }
            guard case .expectsMechanism = state else { return .answer(handshake(.illegalSaslState)) }
            state = .expectsPassword
            return .answer(handshake(.none))
        case (.expectsPassword, "SaslAuthenticate"):
            guard isRight(body.authBytes.buffer ?? ByteBuffer()) else {
                state = .expectsMechanism
                return .answer([
                    "errorCode": .init(ErrorCode.saslAuthenticationFailed), "errorMessage": "name or password is wrong",
                ])
            }
            state = .open
            return .answer(["errorCode": 0])
        case (_, "SaslAuthenticate"): return .answer(["errorCode": .init(ErrorCode.illegalSaslState)])
        case (.open, _), (_, "ApiVersions"): return .pass
        default: return .refuse
        }
    }

    private func handshake(_ error: ErrorCode) -> WireValue { ["errorCode": .init(error), "mechanisms": ["PLAIN"]] }

    /// The message is three texts with NUL between them: whom to act for, the name, the password.
    private func isRight(_ message: ByteBuffer) -> Bool {
        let parts = message.readableBytesView.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        return parts.count == 3 && users[parts[1]] == parts[2]
    }
}
