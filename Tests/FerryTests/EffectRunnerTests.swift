import FerryTesting
import Logging
import Synchronization
import Testing

@testable import Ferry
@testable import PaymentService

@Suite("Performing effects", .timeLimit(.minutes(5)))
struct EffectRunnerTests {
    /// Notes its calls and answers as it is told.
    final class Gateway: EffectPerformer {
        typealias Contract = PaymentService.Contract

        private let state = Mutex((calls: [String](), running: 0, mostRunning: 0, failures: [String: Int]()))
        private let gate: @Sendable (String) async throws -> Void

        init(failures: [String: Int] = [:], gate: @escaping @Sendable (String) async throws -> Void = { _ in }) {
            self.gate = gate
            state.withLock { $0.failures = failures }
        }

        var calls: [String] { state.withLock { $0.calls } }
        var mostRunning: Int { state.withLock { $0.mostRunning } }

        func perform(_ effect: Effect, idempotencyKey: String) async throws -> EffectResult {
            let fails = state.withLock { state in
                state.calls.append(idempotencyKey)
                state.running += 1
                state.mostRunning = max(state.mostRunning, state.running)
                let left = state.failures[idempotencyKey, default: 0]
                state.failures[idempotencyKey] = max(0, left - 1)
                return left > 0
            }
            defer { state.withLock { $0.running -= 1 } }
            try await gate(idempotencyKey)
            if fails { throw GatewayFailure(status: 503, body: "") }
            return .chargeAnswered(ChargeAnswered(orderId: idempotencyKey, outcome: .authorized, paymentId: "p"))
        }
    }

    private func job(_ name: String, key: String, partition: Int32 = 0) -> EffectRunner<Gateway>.Job {
        let charge = Charge(orderId: name, cartId: key, amountCents: 1, paymentMethod: "card")
        return .init(
            partition: partition, key: key,
            pending: PendingEffect(
                id: name, idempotencyKey: name, effect: .charge(charge), correlationID: "c", traceParent: nil))
    }

    private func runner(_ gateway: Gateway, limit: Int = 8, published: PublishedIDs) -> EffectRunner<Gateway> {
        EffectRunner(performer: gateway, limit: limit, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            _, job in published.append(job.pending.id)
        }
    }

    /// The ids of the effects whose results were published, in order.
    final class PublishedIDs: Sendable {
        private let ids = Mutex<[String]>([])
        func append(_ id: String) { ids.withLock { $0.append(id) } }
        var all: [String] { ids.withLock { $0 } }
    }

    @Test("Effects of one key run one after the other, in the order asked for")
    func orderOfAKey() async throws {
        let gateway = Gateway(failures: ["a": 2])
        let published = PublishedIDs()
        let runner = runner(gateway, published: published)
        await runner.start([job("a", key: "k"), job("b", key: "k")])
        #expect(try await waitUntil(.seconds(60)) { published.all.count == 2 })
        #expect(published.all == ["a", "b"])
        #expect(gateway.calls == ["a", "a", "a", "b"])
        #expect(gateway.mostRunning == 1)
    }

    @Test("Effects of different keys run side by side, up to the limit")
    func limit() async throws {
        // No call ends before three have been under way at once.
        let started = Mutex(0)
        let gateway = Gateway(gate: { _ in
            started.withLock { $0 += 1 }
            _ = try await waitUntil(.seconds(60)) { started.withLock { $0 } >= 3 }
        })
        let published = PublishedIDs()
        let runner = runner(gateway, limit: 3, published: published)
        await runner.start((0..<20).map { job("e\($0)", key: "k\($0)") })
        #expect(try await waitUntil(.seconds(60)) { published.all.count == 20 })
        #expect(gateway.mostRunning == 3)
        #expect(Set(published.all).count == 20)
    }

    @Test("A partition that is taken away ends its effects, and only its own")
    func end() async throws {
        let gateway = Gateway(gate: { key in if key == "gone" { try await Task.sleep(for: .seconds(600)) } })
        let published = PublishedIDs()
        let runner = runner(gateway, published: published)
        await runner.start([job("gone", key: "k", partition: 1), job("next", key: "k", partition: 1)])
        #expect(try await waitUntil(.seconds(60)) { gateway.calls == ["gone"] })
        await runner.end(partition: 1)
        await runner.start([job("other", key: "k", partition: 2)])
        #expect(try await waitUntil(.seconds(60)) { published.all == ["other"] })
        #expect(gateway.calls == ["gone", "other"])
    }

    @Test("Stopping gives running effects their time, then cancels them, and starts nothing new")
    func stop() async throws {
        let isStopping = Mutex(false)
        let gateway = Gateway(gate: { key in
            guard key == "quick" else { return try await Task.sleep(for: .seconds(600)) }
            _ = try await waitUntil(.seconds(60)) { isStopping.withLock { $0 } }
        })
        let published = PublishedIDs()
        let runner = runner(gateway, limit: 2, published: published)
        await runner.start([job("quick", key: "k1"), job("endless", key: "k2"), job("waiting", key: "k3")])
        #expect(try await waitUntil(.seconds(60)) { gateway.calls.count == 2 })
        // Long enough that the quick one, which ends once the stop has begun, is never cut short.
        async let stopped: Void = runner.stop(grace: .seconds(5))
        #expect(try await waitUntil(.seconds(60)) { await runner.isStopping })
        isStopping.withLock { $0 = true }
        await stopped
        #expect(published.all == ["quick"])
        #expect(Set(gateway.calls) == ["quick", "endless"])
    }
}
