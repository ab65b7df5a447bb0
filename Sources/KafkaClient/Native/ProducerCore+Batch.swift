extension ProducerCore {
    /// Puts all into the queue before it waits for the first, so that one round trip serves many.
    nonisolated(nonsending) func send(
        _ records: some Sequence<ProducerRecord>
    ) async -> [Result<Delivery, KafkaError>] {
        var waiters: [DeliveryReports.Waiter] = []
        for record in records {
            let waiter = DeliveryReports.Waiter()
            do throws(KafkaError) {
                try await enqueue(record, reportingTo: waiter)
            } catch {
                waiter.resolve(.failure(error))
            }
            waiters.append(waiter)
        }
        var outcomes: [Result<Delivery, KafkaError>] = []
        outcomes.reserveCapacity(waiters.count)
        for waiter in waiters {
            do throws(KafkaError) {
                outcomes.append(.success(try await waiter.value()))
            } catch {
                outcomes.append(.failure(error))
            }
        }
        return outcomes
    }
}
