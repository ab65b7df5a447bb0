import Logging
import NIOCore
import NIOPosix

/// Does what takes the disk long on threads of its own, so that it never holds up the broker's loop.
final class Syncer {
    private let eventLoop: any EventLoop
    private let logger: Logger

    init(eventLoop: any EventLoop, logger: Logger) {
        self.eventLoop = eventLoop
        self.logger = logger
    }

    /// Calls `then` on the loop when what these logs hold now would survive a power cut; at once if it would already.
    ///
    /// - Parameter sealedOnly: leaves out what is still being written to.
    func sync(_ logs: [PartitionLog], sealedOnly: Bool = false, then: @escaping (_ isSafe: Bool) -> Void) {
        var work: [(log: PartitionLog, ticket: FlushTicket)] = []
        do {
            for log in logs {
                guard let ticket = try log.dirtyFiles(sealedOnly: sealedOnly) else { continue }
                // In memory there is nothing to wait for.
                if log.store is DiskStore { work.append((log, ticket)) } else { try log.didFlush(ticket) }
            }
        } catch {
            logger.error("a log can't be synced", metadata: ["error": "\(error)"])
            return then(false)
        }
        guard !work.isEmpty else { return then(true) }
        let tickets = work.map(\.ticket)
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            for ticket in tickets { try ticket.perform() }
        }
        .assumeIsolated().whenComplete { [logger] result in
            do {
                try result.get()
                for (log, ticket) in work { try log.didFlush(ticket) }
                then(true)
            } catch {
                logger.error("a log could not be synced", metadata: ["error": "\(error)"])
                then(false)
            }
        }
    }

    /// Carries a compaction out and calls `then` on the loop when the log has what is left.
    func compact(_ log: PartitionLog, _ plan: CompactionPlan, then: @escaping (PartitionLog.Compacted) -> Void) {
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { try plan.perform() }
            .assumeIsolated().whenComplete { [logger] result in
                do {
                    then(try log.finishCompaction(result.get()))
                } catch {
                    log.abandonCompaction()
                    // Retention may have taken a segment away meanwhile; the next plan will do.
                    logger.debug("a compaction was given up", metadata: ["error": "\(error)"])
                }
            }
    }
}
