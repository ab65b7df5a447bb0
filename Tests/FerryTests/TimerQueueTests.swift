import Testing

@testable import Ferry

@Suite("The queue of timers")
struct TimerQueueTests {
    private func pending(_ id: String, dueAt: Int64) -> PendingTimer<String> {
        PendingTimer(timer: "t", id: id, dueAt: dueAt, correlationID: "c")
    }

    @Test("Timers come out when they are due, soonest first, and not before")
    func order() {
        var queue = TimerQueue<String>()
        queue.add(pending("late", dueAt: 30), partition: 0, key: "k")
        queue.add(pending("soon", dueAt: 10), partition: 0, key: "k")
        queue.add(pending("later", dueAt: 20), partition: 1, key: "k")
        #expect(queue.nextDue == 10)
        #expect(queue.takeDue(at: 9) == nil)
        #expect(queue.takeDue(at: 20)?.pending.id == "soon")
        #expect(queue.takeDue(at: 20)?.pending.id == "later")
        #expect(queue.takeDue(at: 20) == nil)
        #expect(queue.nextDue == 30)
    }

    @Test("A partition that is taken away takes its timers with it")
    func remove() {
        var queue = TimerQueue<String>()
        queue.add(pending("a", dueAt: 10), partition: 0, key: "k")
        queue.add(pending("b", dueAt: 20), partition: 1, key: "k")
        queue.remove(partition: 0)
        #expect(queue.takeDue(at: 100)?.pending.id == "b")
        #expect(queue.takeDue(at: 100) == nil)
    }
}
