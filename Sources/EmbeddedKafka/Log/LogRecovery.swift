import Logging
import NIOCore

/// Brings the files of a partition into order and opens the log on them.
struct LogRecovery {
    let store: any LogStore
    let configuration: LogConfiguration
    let logger: Logger

    func open() throws -> PartitionLog {
        try SegmentSwap.completeAll(in: store)
        let checkpoint = try readCheckpoint()
        var segments: [Segment] = []
        let bases = try store.names().compactMap(Self.baseOffset).sorted()
        for (index, base) in bases.enumerated() {
            let segment = try Segment(baseOffset: base, in: store)
            let next = index + 1 < bases.count ? bases[index + 1] : nil
            segments.append(segment)
            if isKnownGood(segment, next: next, checkpoint: checkpoint) {
                try segment.restore(sealedBefore: next, indexInterval: configuration.indexIntervalBytes)
            } else if let damage = try segment.recover(indexInterval: configuration.indexIntervalBytes) {
                try cut(damage, of: segment, followedBy: bases[(index + 1)...])
                break
            } else if let next {
                try segment.seal(before: next)
            }
        }
        if segments.isEmpty {
            segments.append(try Segment(baseOffset: checkpoint.startOffset, in: store))
        }
        return PartitionLog(
            store: store, segments: segments, checkpoint: checkpoint, configuration: configuration, logger: logger)
    }

    /// The offset in the name of a segment's log file.
    static func baseOffset(of name: String) -> Int64? {
        guard name.hasSuffix(".log"), name.utf8.count == 24 else { return nil }
        return Int64(name.dropLast(4))
    }

    private func isKnownGood(_ segment: Segment, next: Int64?, checkpoint: LogCheckpoint) -> Bool {
        if let cleanEnd = checkpoint.cleanEnd {
            // The size tells a mark that came out of order: data written after it has reached the disk without
            // the mark's removal.
            if next != nil { return segment.baseOffset < cleanEnd.baseOffset }
            return cleanEnd == .init(baseOffset: segment.baseOffset, size: segment.size)
        }
        return next.map { $0 <= checkpoint.recoveryPoint } ?? false
    }

    private func readCheckpoint() throws -> LogCheckpoint {
        guard let contents = try store.contents(of: LogCheckpoint.fileName) else { return LogCheckpoint() }
        if let checkpoint = LogCheckpoint(parsing: String(buffer: contents)) { return checkpoint }
        logger.warning("Checkpoint is damaged and passed over", metadata: ["log": "\(store.description)"])
        return LogCheckpoint()
    }

    /// Nothing after a damaged batch can be kept: offsets would be missing between.
    private func cut(
        _ damage: (cut: Int, reason: LogError), of segment: Segment, followedBy rest: ArraySlice<Int64>
    ) throws {
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
