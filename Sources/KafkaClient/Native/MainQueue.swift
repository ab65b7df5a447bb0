internal import CLibrdkafka
import Dispatch
import Synchronization

/// A producer's main queue (delivery reports, errors, statistics), and who takes from it when.
///
/// - While someone waits for what comes (room, the end of a flush or of a transaction) it is forwarded to
///   librdkafka's background thread, which takes everything at once: ``beginServing()``, ``endServing()``.
/// - Else whoever sends takes what is there now and then, as a C program does: ``drain()``. The reports hold
///   the records' memory, and memory goes back cheaply to the thread it came from; and no thread is woken for
///   each answer of a broker.
/// - What nobody took is taken ``delay`` after it came.
///
/// Unchecked: the pointers never change, librdkafka's queues may be used from any thread, and
/// ``ClientHandle`` lets nobody in once the client is being destroyed.
final class MainQueue: @unchecked Sendable {
    static let delay = DispatchTimeInterval.milliseconds(25)

    private let client: OpaquePointer
    private let queue: OpaquePointer
    private let background: OpaquePointer
    private let events: ClientEvents
    private let waiting = Mutex(0)
    private let isDue = Atomic(false)
    private let whenDue = Mutex<@Sendable () -> Void>({})

    init(of client: OpaquePointer, background: OpaquePointer, events: ClientEvents) {
        self.client = client
        self.background = background
        self.events = events
        queue = rd_kafka_queue_get_main(client)
    }

    /// `serve` is called when something has lain here for a while.
    func start(serve: @escaping @Sendable () -> Void) {
        whenDue.withLock { $0 = serve }
        // Called in one of librdkafka's threads with the queue locked, when the first event comes into an empty queue.
        rd_kafka_queue_cb_event_enable(queue, { _, opaque in
            guard let opaque else { return }
            Unmanaged<MainQueue>.fromOpaque(opaque).takeUnretainedValue().schedule()
        }, Unmanaged.passUnretained(self).toOpaque())
        // What has come already was not signalled.
        schedule()
    }

    private func schedule() {
        guard !isDue.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let serve = whenDue.withLock { $0 }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.delay, execute: serve)
    }

    /// To the end: librdkafka signals only what comes into an empty queue.
    func drain() {
        isDue.store(false, ordering: .sequentiallyConsistent)
        while let event = rd_kafka_queue_poll(queue, 0) { events.receive(event, from: client) }
    }

    func beginServing() {
        waiting.withLock { waiting in
            waiting += 1
            if waiting == 1 { rd_kafka_queue_forward(queue, background) }
        }
    }

    func endServing() {
        waiting.withLock { waiting in
            waiting -= 1
            if waiting == 0 { rd_kafka_queue_forward(queue, nil) }
        }
    }

    /// Before the client is destroyed. Called once. What its end still reports goes to the background thread: those reports
    /// hold who awaited them.
    func release() {
        rd_kafka_queue_cb_event_enable(queue, nil, nil)
        rd_kafka_queue_forward(queue, background)
        rd_kafka_queue_destroy(queue)
    }
}
