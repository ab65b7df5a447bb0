/// Senders that found the local queue full, first in, first out. Each is known by a ticket, so
/// that one that gives up leaves the line without a search.
struct WaitingSenders {
    struct Sender: Sendable {
        var record: ProducerRecord
        /// `nil` if only room is awaited; else who awaits the delivery.
        var delivery: DeliveryReports.Waiter?
        /// Told when the record was taken over, or why it never will be.
        var admission: OneShot<Result<Void, KafkaError>>
    }

    private var senders: [UInt64: Sender] = [:]
    private var head: UInt64 = 0
    private var tail: UInt64 = 0

    var isEmpty: Bool { senders.isEmpty }
    var count: Int { senders.count }

    mutating func append(_ sender: Sender) -> UInt64 {
        defer { tail += 1 }
        senders[tail] = sender
        return tail
    }

    mutating func remove(_ ticket: UInt64) -> Sender? {
        senders.removeValue(forKey: ticket)
    }

    var first: Sender? {
        mutating get {
            while head < tail {
                if let sender = senders[head] { return sender }
                head += 1
            }
            return nil
        }
    }

    mutating func removeFirst() {
        senders.removeValue(forKey: head)
        head += 1
    }

    mutating func removeAll() -> [Sender] {
        var all: [Sender] = []
        while let sender = first {
            all.append(sender)
            removeFirst()
        }
        return all
    }
}
