internal import CLibrdkafka

extension ProducerCore {
    enum TransactionStep: Sendable {
        case initialize
        case sendOffsets(PartitionList, GroupMetadataHandle)
        case commit
        case abort

        /// Takes `milliseconds` at most; returns an error object, or nothing.
        fileprivate func call(_ client: OpaquePointer, _ milliseconds: Int32) -> OpaquePointer? {
            switch self {
            case .initialize:
                rd_kafka_init_transactions(client, milliseconds)
            case .sendOffsets(let offsets, let group):
                offsets.withPointer { offsets in
                    group.withPointer { group in
                        rd_kafka_send_offsets_to_transaction(client, offsets, group, milliseconds)
                    }
                }
            case .commit:
                rd_kafka_commit_transaction(client, milliseconds)
            case .abort:
                rd_kafka_abort_transaction(client, milliseconds)
            }
        }
    }

    /// Runs the step on the client's thread, again after each retriable error with the same
    /// arguments (as librdkafka requires), until it answers or the time is over.
    func transact(_ step: TransactionStep, within timeout: Duration) async throws(KafkaError) {
        try await transact(until: .now + timeout) { client, deadline in
            Self.carryOut(step, by: client, until: deadline)
        }
    }

    /// Both steps without leaving the client's thread between them.
    func commit(_ offsets: PartitionList, _ group: GroupMetadataHandle, within timeout: Duration) async throws(KafkaError) {
        try await transact(until: .now + timeout) { client, deadline in
            if var error = Self.carryOut(.sendOffsets(offsets, group), by: client, until: deadline) {
                // The caller cannot know that it was not the commit, after which nothing may be aborted.
                if error.isRetriable { (error.isRetriable, error.requiresAbort) = (false, true) }
                return error
            }
            return Self.carryOut(.commit, by: client, until: deadline)
        }
    }

    private func transact(
        until deadline: ContinuousClock.Instant,
        _ body: @escaping @Sendable (OpaquePointer, ContinuousClock.Instant) -> KafkaError?
    ) async throws(KafkaError) {
        do throws(KafkaError) {
            try await handle.block(abandonable: false) { client in
                body(client, deadline).map { .failure($0) } ?? .success(())
            }
        } catch {
            throw handle.explained(error)
        }
    }

    private static func carryOut(
        _ step: TransactionStep, by client: OpaquePointer, until deadline: ContinuousClock.Instant
    ) -> KafkaError? {
        while true {
            // At least a little: an answer that is already there is still fetched.
            let left = max(deadline.remaining.kafkaMilliseconds, 1)
            guard let error = KafkaError.take(step.call(client, left)) else { return nil }
            if !error.isRetriable || deadline.remaining == .zero { return error }
            // Some retriable errors are answered from memory; without a pause this
            // would spin. The thread is this client's own.
            ferry_pause(10)
        }
    }

    func beginTransaction() throws(KafkaError) {
        _ = reports.takeFailures()
        try handle.use { (client) throws(KafkaError) in
            if let error = KafkaError.take(rd_kafka_begin_transaction(client)) { throw error }
        }
    }
}
