import NIOCore

/// Runs work when the broker's clock says so. That clock can be moved, and everything that waits moves with it.
final class Timers {
    final class Timer {
        fileprivate let due: Int64
        fileprivate let work: () -> Void
        fileprivate var scheduled: Scheduled<Void>?
        fileprivate weak var owner: Timers?

        fileprivate init(due: Int64, owner: Timers, work: @escaping () -> Void) {
            self.due = due
            self.owner = owner
            self.work = work
        }

        func cancel() {
            scheduled?.cancel()
            owner?.pending[ObjectIdentifier(self)] = nil
        }
    }

    private let loop: NIOIsolatedEventLoop
    private let now: () -> Int64
    private var pending: [ObjectIdentifier: Timer] = [:]

    init(loop: NIOIsolatedEventLoop, now: @escaping () -> Int64) {
        self.loop = loop
        self.now = now
    }

    @discardableResult
    func after(milliseconds: Int64, _ work: @escaping () -> Void) -> Timer {
        let timer = Timer(due: now() + milliseconds, owner: self, work: work)
        pending[ObjectIdentifier(timer)] = timer
        schedule(timer, in: milliseconds)
        return timer
    }

    private func schedule(_ timer: Timer, in milliseconds: Int64) {
        timer.scheduled = loop.scheduleTask(in: .milliseconds(max(0, milliseconds))) { [weak self] in
            // One that was canceled may run still, if it was due in the same turn of the loop.
            guard self?.pending.removeValue(forKey: ObjectIdentifier(timer)) != nil else { return }
            timer.work()
        }
    }

    /// To be called when the clock was moved.
    func clockMoved() {
        for timer in pending.values {
            timer.scheduled?.cancel()
            schedule(timer, in: timer.due - now())
        }
    }

    func cancelAll() {
        for timer in pending.values { timer.scheduled?.cancel() }
        pending = [:]
    }
}
