/// The records of a consumer one by one, for ``Consumer/records``.
///
/// Each `next` is a ``Consumer/poll(maxRecords:timeout:)`` for one record, so nothing is taken
/// that nobody sees: an iterator that is dropped loses no record and leaves the consumer as it
/// is. It ends when the consumer is closed or the task cancelled, and throws what poll throws.
/// Batches cost less per record.
public struct ConsumerRecords: AsyncSequence, Sendable {
    public struct AsyncIterator: AsyncIteratorProtocol {
        let consumer: Consumer

        public mutating func next() async throws(KafkaError) -> ConsumedRecord? {
            try await next(isolation: nil)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(KafkaError) -> ConsumedRecord? {
            while true {
                do throws(KafkaError) {
                    let batch = try await consumer.poll(maxRecords: 1, timeout: .seconds(60))
                    if let record = batch.records.first { return record }
                } catch {
                    if error.code == .closed || error.code == .cancelled { return nil }
                    throw error
                }
            }
        }
    }

    let consumer: Consumer

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(consumer: consumer) }
}
