import Foundation

/// What of a log is still to be synced, as work for another thread: ``perform()`` there, ``PartitionLog/didFlush(_:)`` on the log's own.
///
/// It owns descriptors of its own, so the log may go on, and even be deleted, meanwhile.
final class FlushTicket: Sendable {
    struct Part: Hashable, Sendable {
        var baseOffset: Int64
        var size: Int
    }

    /// Once performed, all records before this offset survive a power cut.
    let flushes: Int64
    let parts: [Part]
    /// Counts the times that the log was cut: a ticket from before says nothing of the bytes after.
    let generation: Int
    private let descriptors: [Int32]

    init(flushes: Int64 = 0, parts: [Part] = [], generation: Int = 0, descriptors: [Int32]) {
        self.flushes = flushes
        self.parts = parts
        self.generation = generation
        self.descriptors = descriptors
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }

    /// Blocks until everything the ticket covers is on the disk. In memory there is nothing to do.
    func perform() throws(LogError) {
        for descriptor in descriptors { try SystemCall.run("fsync", "segment") { fsync(descriptor) } }
    }
}
