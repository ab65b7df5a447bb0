internal import CLibrdkafka
import Dispatch
import Synchronization

/// Owns an `rd_kafka_t`, its queues, and the one thread of this client that may block.
///
/// Unchecked: the pointers never change, `rd_kafka_t` may be used from any thread, and the
/// gate lets no call begin once the client is being destroyed.
final class ClientHandle: @unchecked Sendable {
    enum Kind { case producer, consumer }

    private enum Phase {
        case open(calls: Int)
        /// No new calls; the last one out wakes the closer.
        case draining(calls: Int, OneShot<Void>)
        case destroyed
    }

    /// For a caller with a gate of its own that closes before ``destroy(flags:release:)``.
    let client: OpaquePointer
    /// Serves `events`. Requests with an event for an answer name it as their reply queue.
    private let background: OpaquePointer
    /// A producer's. A consumer's is forwarded to `background` for good.
    let main: MainQueue?
    let events: ClientEvents
    private let name: String
    private let phase = Mutex(Phase.open(calls: 0))
    /// Serial, and this client's own: what blocks here delays neither Swift's cooperative
    /// threads nor another client.
    private let blocking: DispatchQueue

    init(
        _ kind: Kind,
        named name: String,
        _ configuration: NativeConfiguration,
        events: ClientEvents
    ) throws(KafkaError) {
        configuration.withPointer(events.register(in:))
        client = try configuration.makeClient(kind == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER)
        background = rd_kafka_queue_get_background(client)
        switch kind {
        case .producer:
            main = MainQueue(of: client, background: background, events: events)
        case .consumer:
            let queue = rd_kafka_queue_get_main(client)
            rd_kafka_queue_forward(queue, background)
            rd_kafka_queue_destroy(queue)
            main = nil
        }
        self.events = events
        self.name = name
        blocking = DispatchQueue(label: "ferry.kafka.\(name)")
        events.start(with: client)
        main?.start { [weak self] in self?.serve() }
    }

    deinit {
        // Not closed: destroyed without its manners (no flush, no leaving of the group), and
        // never on this thread. The last reference may go on librdkafka's background thread,
        // from where rd_kafka_destroy aborts the process.
        guard case .open = phase.withLock({ $0 }) else { return }
        let (client, background) = (UInt(bitPattern: client), UInt(bitPattern: background))
        let (main, events, blocking) = (main, events, blocking)
        Task {
            await events.close()
            blocking.async {
                // The reports that are there hold those who awaited them.
                main?.drain()
                main?.release()
                Self.destroy(client, background, flags: Self.withoutLeaving)
                withExtendedLifetime(events) {}
            }
        }
    }

    // MARK: - Calls

    /// For calls that return at once, or as soon as librdkafka's main thread has taken note.
    func use<R>(_ body: (OpaquePointer) throws(KafkaError) -> R) throws(KafkaError) -> R {
        try enter()
        defer { leave() }
        return try body(client)
    }

    /// For calls that wait on the network: one after another, on the client's own thread.
    ///
    /// If the task is cancelled, and `abandonable`, this throws at once; the call in C runs to
    /// its own timeout and its result is dropped. Else cancellation is not looked at.
    func block<R: Sendable>(
        abandonable: Bool,
        _ body: @escaping @Sendable (OpaquePointer) -> Result<R, KafkaError>
    ) async throws(KafkaError) -> R {
        if abandonable && Task.isCancelled { throw .cancelled }
        try enter()
        let result = OneShot<Result<R, KafkaError>>()
        blocking.async {
            // A flush and the end of a transaction wait for the reports to be taken. What is there already is
            // taken first: with no time to wait at all, it has arrived nevertheless.
            self.main?.drain()
            self.main?.beginServing()
            let value = body(self.client)
            self.main?.endServing()
            self.leave()
            result.resolve(value)
        }
        return abandonable ? try await result.value() : try await result.value().get()
    }

    /// Takes what the main queue holds, on this thread.
    func serve() {
        try? use { _ in main?.drain() }
    }

    /// For requests that librdkafka answers with an event. `start` makes the request, `read`
    /// takes the answer apart.
    ///
    /// Cancellation throws at once; the request may still be carried out.
    func request<R: Sendable>(
        _ start: (OpaquePointer, _ queue: OpaquePointer, _ opaque: UnsafeMutableRawPointer?) throws(KafkaError) -> Void,
        read: @escaping @Sendable (OpaquePointer) -> Result<R, KafkaError>
    ) async throws(KafkaError) -> R {
        if Task.isCancelled { throw .cancelled }
        let answer = OneShot<Result<R, KafkaError>>()
        let name = name
        try use { (client) throws(KafkaError) in
            let opaque = events.replies.add { event in
                answer.resolve(event.map(read) ?? .failure(.closed(name)))
            }
            do throws(KafkaError) {
                try start(client, background, opaque)
            } catch {
                events.replies.remove(opaque)
                throw error
            }
        }
        return try await answer.value()
    }

    /// A timeout says more with the connection's last error beside it.
    func explained(_ error: KafkaError) -> KafkaError { events.trouble.explain(error) }

    private func enter() throws(KafkaError) {
        let entered = phase.withLock { phase in
            guard case .open(let calls) = phase else { return false }
            phase = .open(calls: calls + 1)
            return true
        }
        if !entered { throw .closed(name) }
    }

    private func leave() {
        let last = phase.withLock { phase -> OneShot<Void>? in
            switch phase {
            case .open(let calls):
                phase = .open(calls: calls - 1)
                return nil
            case .draining(let calls, let done):
                phase = .draining(calls: calls - 1, done)
                return calls == 1 ? done : nil
            case .destroyed:
                return nil
            }
        }
        last?.resolve(())
    }

    // MARK: - End

    static let withoutLeaving = RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE

    /// Waits for the calls that run, answers the requests that wait with `closed`, and destroys
    /// the client with all its threads, sockets and memory. Called once.
    ///
    /// `release` frees what belongs to the client (topic handles, queues): librdkafka wants it
    /// done first.
    func destroy(
        flags: Int32 = 0,
        release: @escaping @Sendable () -> Void = {}
    ) async {
        let drained = OneShot<Void>()
        phase.withLock { phase in
            guard case .open(let calls) = phase else { return }
            phase = .draining(calls: calls, drained)
            if calls == 0 { drained.resolve(()) }
        }
        await events.close()
        await drained.value()
        phase.withLock { $0 = .destroyed }
        await withCheckedContinuation { continuation in
            blocking.async {
                release()
                self.main?.release()
                Self.destroy(UInt(bitPattern: self.client), UInt(bitPattern: self.background), flags: flags)
                continuation.resume()
            }
        }
    }

    private static func destroy(_ client: UInt, _ background: UInt, flags: Int32) {
        rd_kafka_queue_destroy(OpaquePointer(bitPattern: background))
        rd_kafka_destroy_flags(OpaquePointer(bitPattern: client), flags)
    }
}
