@testable import KafkaClient
import Testing

@Suite("What tasks wait on", .timeLimit(.minutes(5)))
struct WaitingTests {
    @Test("a signal before the wait is not lost")
    func stickySignal() async {
        let wakeup = Wakeup()
        wakeup.signal()
        let start = ContinuousClock.now
        await wakeup.wait(for: .seconds(60))
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("a signal is consumed by one wait")
    func consumedSignal() async {
        let wakeup = Wakeup()
        wakeup.signal()
        await wakeup.wait(for: .seconds(60))
        let start = ContinuousClock.now
        await wakeup.wait(for: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test("a wait ends when its task is cancelled")
    func cancelledWait() async {
        let wakeup = Wakeup()
        let task = Task { await wakeup.wait(for: .seconds(3600)) }
        task.cancel()
        await task.value
    }

    @Test("ten thousand signals from other threads wake a waiter that drains each time")
    func signalStorm() async {
        let wakeup = Wakeup()
        let task = Task.detached { for _ in 0..<10_000 { wakeup.signal() } }
        await wakeup.wait(for: .seconds(60))
        await task.value
        wakeup.signal()
        await wakeup.wait(for: .seconds(60))
    }

    @Test("of several values the first wins")
    func firstWins() async {
        let shot = OneShot<Int>()
        #expect([shot.resolve(1), shot.resolve(2)] == [true, false])
        #expect(await shot.value() == 1)
    }

    @Test("a cancelled task stops waiting for a value")
    func cancelledValue() async {
        let shot = OneShot<Result<Int, KafkaError>>()
        let task = Task { try await shot.value() as Int }
        task.cancel()
        await #expect(throws: KafkaError.cancelled) { try await task.value }
    }

    @Test("waiting senders leave in the order in which they came, and from the middle")
    func senders() {
        var line = WaitingSenders()
        let tickets = ["a", "b", "c"].map {
            line.append(.init(record: ProducerRecord(topic: $0), delivery: nil, admission: OneShot()))
        }
        #expect(line.remove(tickets[1])?.record.topic == "b")
        #expect(line.first?.record.topic == "a")
        line.removeFirst()
        #expect(line.removeAll().map(\.record.topic) == ["c"])
        #expect(line.isEmpty)
        #expect(line.remove(tickets[0]) == nil)
    }

    @Test("one task polls at a time, and a close waits for it and keeps the turn")
    func turn() async throws {
        let turn = PollTurn()
        try turn.take()
        #expect(throws: KafkaError(.invalidState, "another task polls this consumer")) { try turn.take() }
        let closing = Task { await turn.takeForGood {} }
        try await eventually("the close asks") { turn.isWanted }
        #expect(throws: KafkaError.closed("consumer")) { try turn.take() }
        turn.giveBack()
        await closing.value
        #expect(throws: KafkaError.closed("consumer")) { try turn.take() }
    }

    @Test(
        "a duration becomes whole milliseconds, rounded up, never negative, never for ever",
        arguments: [
            (Duration.seconds(-1), 0), (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(7), 7),
            (.microseconds(1500), 2), (.seconds(Int64.max / 2), 2_000_000_000),
        ] as [(Duration, Int32)]
    )
    func milliseconds(duration: Duration, expected: Int32) {
        #expect(duration.kafkaMilliseconds == expected)
    }
}
