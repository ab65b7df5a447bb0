import DequeModule
import EventContracts
import Logging

/// Performs committed effects and hands their results on to be published.
///
/// One effect of a key runs at a time, in the order asked for; effects of different keys run side by side up to
/// a limit. An effect that throws is repeated with growing pauses and the same idempotency key. Ending a partition
/// cancels its effects: whoever owns the partition next repeats them.
actor EffectRunner<Performer: EffectPerformer> {
    typealias Contract = Performer.Contract

    struct Job: Sendable {
        let partition: Int32
        let key: String
        let pending: PendingEffect<Contract.Effect>
    }

    /// Publishes a result; returns when the broker has acknowledged it.
    typealias Publish = @Sendable (Contract.EffectResult, Job) async throws -> Void

    private let performer: Performer
    private let limit: Int
    private let publish: Publish
    private let logger: Logger

    /// The jobs of each key, the first one waiting for its turn or running.
    private var jobs: [Lane: Deque<Job>] = [:]
    /// Lanes whose first job may start, in the order in which they became ready.
    private var ready: Deque<Lane> = []
    private var running: [Lane: Task<Void, Never>] = [:]
    /// Set when nothing new is started any more.
    private(set) var isStopping = false

    private struct Lane: Hashable {
        let partition: Int32
        let key: String
    }

    init(performer: Performer, limit: Int, logger: Logger, publish: @escaping Publish) {
        self.performer = performer
        self.limit = limit
        self.publish = publish
        self.logger = logger
    }

    func start(_ new: [Job]) {
        for job in new {
            let lane = Lane(partition: job.partition, key: job.key)
            if jobs[lane, default: []].isEmpty { ready.append(lane) }
            jobs[lane, default: []].append(job)
        }
        startReady()
    }

    /// Cancels the effects of a partition that is taken away, and returns when none of them runs any more.
    func end(partition: Int32) async {
        jobs = jobs.filter { $0.key.partition != partition }
        ready.removeAll { $0.partition == partition }
        let ending = running.filter { $0.key.partition == partition }.values
        for task in ending { task.cancel() }
        for task in ending { await task.value }
    }

    /// Starts nothing new, gives what is running `grace` to finish, then cancels it.
    func stop(grace: Duration) async {
        isStopping = true
        let tasks = Array(running.values)
        let deadline = Task {
            try await Task.sleep(for: grace)
            for task in tasks { task.cancel() }
        }
        for task in tasks { await task.value }
        deadline.cancel()
    }

    private func startReady() {
        while !isStopping, running.count < limit, let lane = ready.popFirst() {
            guard let job = jobs[lane]?.first else { continue }
            running[lane] = Task {
                await self.perform(job)
                self.finished(lane)
            }
        }
    }

    private func finished(_ lane: Lane) {
        running[lane] = nil
        if var rest = jobs[lane] {
            _ = rest.popFirst()
            jobs[lane] = rest.isEmpty ? nil : rest
            if !rest.isEmpty { ready.append(lane) }
        }
        startReady()
    }

    private func perform(_ job: Job) async {
        var pause = Duration.milliseconds(100)
        var attempt = 1
        while !Task.isCancelled {
            do {
                let result = try await performer.perform(job.pending.effect, idempotencyKey: job.pending.idempotencyKey)
                try await publish(result, job)
                return
            } catch {
                if Task.isCancelled { return }
                logger.warning(
                    "effect not known to have happened, it will be repeated",
                    metadata: [
                        "effect": "\(job.pending.effect.type)", "idempotency-key": "\(job.pending.idempotencyKey)",
                        "key": "\(job.key)", "attempt": "\(attempt)", "pause": "\(pause)", "error": "\(error)",
                    ]
                )
            }
            // Cancellation ends the pause early, and then the loop.
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(5))
            attempt += 1
        }
    }
}
