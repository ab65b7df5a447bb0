extension TransactionalProducer {
    /// Begins, runs `body`, and commits; aborts if `body` throws, and throws its error.
    ///
    /// A commit whose error ``KafkaError/requiresAbort`` is aborted before the error is thrown:
    /// rewind the input to the committed offsets and call again. A commit or abort that runs out
    /// of time throws ``KafkaError/Code-swift.struct/outcomeUnknown``: close this producer and
    /// initialize another with the same id, which settles the matter, then begin from the
    /// committed offsets. (The scope cannot be told to "commit again": calling it again would run
    /// `body` again.) After a fatal error close the producer too.
    ///
    /// Cancellation reaches `body`; the commit and the abort are not interrupted by it.
    ///
    /// - Parameter timeout: for the commit, and again for the abort.
    public func transaction<R: Sendable>(
        timeout: Duration,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (TransactionalProducer) async throws -> R
    ) async throws -> R {
        try begin()
        let result: R
        do {
            result = try await body(self)
        } catch {
            try await settle { () throws(KafkaError) in try await abort(timeout: timeout) }
            throw error
        }
        do throws(KafkaError) {
            try await settle { () throws(KafkaError) in try await commit(timeout: timeout) }
        } catch {
            if error.requiresAbort {
                try await settle { () throws(KafkaError) in try await abort(timeout: timeout) }
            }
            throw error
        }
        return result
    }

    /// The end of a transaction. Out of time it is not known what the broker made of it.
    private func settle(
        isolation: isolated (any Actor)? = #isolation,
        _ end: () async throws(KafkaError) -> Void
    ) async throws(KafkaError) {
        do throws(KafkaError) {
            try await end()
        } catch {
            guard error.isRetriable else { throw error }
            var unknown = error
            (unknown.code, unknown.isRetriable) = (.outcomeUnknown, false)
            throw unknown
        }
    }
}
