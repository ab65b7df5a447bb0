extension TransactionalProducer {
    /// Begins, runs `body`, and commits; aborts if `body` throws, and throws its error.
    ///
    /// A commit whose error ``KafkaError/requiresAbort`` is aborted before the error is thrown:
    /// rewind the input to the committed offsets and call again. After any other error of the
    /// commit, and of an abort, the producer has to be closed; where the error is retriable the
    /// outcome of the transaction is not known (see the type's description).
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
            try await abort(timeout: timeout)
            throw error
        }
        do throws(KafkaError) {
            try await commit(timeout: timeout)
        } catch {
            if error.requiresAbort { try await abort(timeout: timeout) }
            throw error
        }
        return result
    }
}
