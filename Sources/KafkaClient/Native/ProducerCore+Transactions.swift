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
        let deadline = ContinuousClock.now + timeout
        do throws(KafkaError) {
            try await handle.block(abandonable: false) { client -> Result<Void, KafkaError> in
                while true {
                    // At least a little: an answer that is already there is still fetched.
                    let left = max(deadline.remaining.kafkaMilliseconds, 1)
                    guard let error = KafkaError.take(step.call(client, left)) else { return .success(()) }
                    if !error.isRetriable || deadline.remaining == .zero { return .failure(error) }
                    // Some retriable errors are answered from memory; without a pause this
                    // would spin. The thread is this client's own.
                    ferry_pause(10)
                }
            }
        } catch {
            throw handle.explained(error)
        }
    }

    func beginTransaction() throws(KafkaError) {
        _ = reports.takeFailures()
        try handle.use { (client) throws(KafkaError) in
            if let error = KafkaError.take(rd_kafka_begin_transaction(client)) { throw error }
        }
    }
}
