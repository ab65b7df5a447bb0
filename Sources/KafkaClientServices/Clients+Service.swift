public import KafkaClient
public import ServiceLifecycle

// Clients as services of a `ServiceGroup`: each runs until the group shuts down gracefully, or its
// task is cancelled, and then closes itself. A group shuts its services down in the reverse of
// their order, so list the clients before the services that use them.

extension Producer: Service {
    /// Gives the records in the queue ten seconds to arrive and throws
    /// ``KafkaError/Code-swift.struct/timedOut`` if some were lost. Where that is not the right
    /// time, close the producer by hand: a later close of this one is then free.
    public func run() async throws {
        await shutdown()
        let lost = await close()
        if lost > 0 {
            throw KafkaError(.timedOut, "\(lost) records were not delivered by the time the producer was closed")
        }
    }
}

extension TransactionalProducer: Service {
    /// A transaction that is open is not committed.
    public func run() async throws {
        await shutdown()
        await close()
    }
}

extension Consumer: Service {
    /// The close ends a poll that runs by ``KafkaError/Code-swift.struct/closed``, and the
    /// iteration over ``Consumer/records``. It awaits the rebalance listener and leaves the group.
    public func run() async throws {
        await shutdown()
        await close()
    }
}

extension AdminClient: Service {
    public func run() async throws {
        await shutdown()
        await close()
    }
}

/// Returns for either reason to stop; outside of a group only cancellation is one.
private func shutdown() async {
    try? await gracefulShutdown()
}
