import Logging
import NIOCore

/// Brings the files of a partition into order and opens the log on them.
struct LogRecovery {
    let store: any LogStore
    let configuration: LogConfiguration
    let logger: Logger

    func open() throws -> PartitionLog {
        try SegmentSwap.completeAll(in: store)
        var checkpoint = try readCheckpoint()
        var segments: [Segment] = []
        var wasCut = false
        let bases = try store.names().compactMap(Self.baseOffset).sorted()
        for (index, base) in bases.enumerated() {
            let segment = try Segment(baseOffset: base, in: store)
            let next = index + 1 < bases.count ? bases[index + 1] : nil
            segments.append(segment)
            segment.isSyncPending = next ?? .max > checkpoint.recoveryPoint
            if let end = knownEnd(of: segment, next: next, checkpoint: checkpoint) {
                try segment.restore(endingBefore: end, indexInterval: configuration.indexIntervalBytes)
            } else if let damage = try segment.recover(indexInterval: configuration.indexIntervalBytes) {
                try cut(damage, of: segment, followedBy: bases[(index + 1)...])
                checkpoint.cut(at: segment.baseOffset)
                wasCut = true
                break
            } else if let next {
                try segment.seal(before: next)
            }
        }
        if segments.isEmpty { segments.append(try Segment(baseOffset: checkpoint.startOffset, in: store)) }
        let log = PartitionLog(store: store, segments: segments, checkpoint: checkpoint, configuration: configuration, logger: logger)
        if wasCut { try log.saveCheckpoint() }
        return log
    }

    /// The offset in the name of a segment's log file.
    static func baseOffset(of name: String) -> Int64? {
        guard name.hasSuffix(".log"), name.utf8.count == 24 else { return nil }
        return Int64(name.dropLast(4))
    }

    /// The offset after a segment whose bytes need no check; `nil` if they do.
    private func knownEnd(of segment: Segment, next: Int64?, checkpoint: LogCheckpoint) -> Int64? {
        if let next, next <= checkpoint.recoveryPoint { return next }
        guard let cleanEnd = checkpoint.cleanEnd else { return nil }
        if let next { return segment.baseOffset < cleanEnd.baseOffset ? next : nil }
        // The size tells a mark that came out of order: what was written after it reached the disk, but not its removal.
        guard cleanEnd.baseOffset == segment.baseOffset, cleanEnd.size == segment.size else { return nil }
        return cleanEnd.nextOffset
    }

    private func readCheckpoint() throws -> LogCheckpoint {
        guard let contents = try store.contents(of: LogCheckpoint.fileName) else { return LogCheckpoint() }
        if let checkpoint = LogCheckpoint(contents) { return checkpoint }
        logger.warning("Checkpoint is damaged and passed over", metadata: ["log": "\(store.description)"])
        return LogCheckpoint()
    }

    /// Nothing after a damaged batch can be kept: offsets would be missing between.
    private func cut(_ damage: (cut: Int, reason: LogError), of segment: Segment, followedBy rest: ArraySlice<Int64>) throws {
        for base in rest {
            for kind in Segment.FileKind.allCases { try store.remove(Segment.fileName(base, kind)) }
        }
        logger.warning(
            "Cut the log at its last whole batch",
            metadata: [
                "log": "\(store.description)", "segment": "\(segment.name)", "bytes": "\(damage.cut)",
                "segmentsDropped": "\(rest.count)", "next": "\(segment.nextOffset)", "reason": "\(damage.reason)",
            ])
    }
}
