import HeapModule

/// The timers of all partitions of a worker, soonest first. It may hold timers that were cancelled or moved since:
/// whoever takes one checks it against the state of its key.
struct TimerQueue<Timer: Sendable & Hashable> {
    struct Entry: Comparable {
        let partition: Int32
        let key: String
        let pending: PendingTimer<Timer>

        static func < (left: Entry, right: Entry) -> Bool { left.pending.dueAt < right.pending.dueAt }
    }

    private var heap = Heap<Entry>()

    var nextDue: Int64? { heap.min?.pending.dueAt }

    mutating func add(_ pending: PendingTimer<Timer>, partition: Int32, key: String) {
        heap.insert(Entry(partition: partition, key: key, pending: pending))
    }

    mutating func takeDue(at now: Int64) -> Entry? {
        guard let due = nextDue, due <= now else { return nil }
        return heap.popMin()
    }

    mutating func remove(partition: Int32) {
        heap = Heap(heap.unordered.filter { $0.partition != partition })
    }
}
