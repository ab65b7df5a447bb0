internal import CLibrdkafka
import Logging
import Synchronization

typealias TokenSource = @Sendable () async throws -> OAuthToken

/// Fetches OAUTHBEARER tokens when librdkafka asks for one.
final class TokenRefresh: Sendable {
    private enum State {
        case idle
        case fetching(Task<Void, Never>)
        case closed
    }

    private let source: TokenSource
    private let logger: Logger
    private let state = Mutex(State.idle)

    init(_ source: @escaping TokenSource, logger: Logger) {
        self.source = source
        self.logger = logger
    }

    /// Called on the background thread. librdkafka asks again by itself: at 80 % of a token's
    /// life, and ten seconds after a failure.
    func refresh(_ client: OpaquePointer) {
        let client = UInt(bitPattern: client)
        state.withLock { state in
            if case .closed = state { return }
            state = .fetching(Task { await self.fetch(for: client) })
        }
    }

    private func fetch(for address: UInt) async {
        let outcome: Result<OAuthToken, any Error>
        do { outcome = .success(try await source()) } catch { outcome = .failure(error) }
        guard !Task.isCancelled, let client = OpaquePointer(bitPattern: address) else { return }
        switch outcome {
        case .success(let token):
            if let refusal = Self.set(token, client) { report("\(refusal)", client) }
        case .failure(let error):
            report("\(error)", client)
        }
    }

    private func report(_ reason: String, _ client: OpaquePointer) {
        logger.error("No OAUTHBEARER token", metadata: ["error": "\(reason)"])
        rd_kafka_oauthbearer_set_token_failure(client, "the token callback failed")
    }

    private static func set(_ token: OAuthToken, _ client: OpaquePointer) -> String? {
        var text = [CChar](repeating: 0, count: 256)
        // Name, value, name, value…
        let strings = token.extensions.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
            .map { Array($0.utf8CString) }
        let copies = strings.map { string -> UnsafePointer<CChar>? in
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.count)
            copy.initialize(from: string, count: string.count)
            return UnsafePointer(copy)
        }
        defer { for copy in copies { copy?.deallocate() } }
        var extensions = copies
        let code = rd_kafka_oauthbearer_set_token(
            client, token.value, token.expiresAt, token.principal, &extensions, extensions.count,
            &text, text.count
        )
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : String(nullTerminated: text)
    }

    /// After this nothing here touches the client any more.
    func close() async {
        let task = state.withLock { state -> Task<Void, Never>? in
            defer { state = .closed }
            if case .fetching(let task) = state { return task }
            return nil
        }
        task?.cancel()
        await task?.value
    }
}
