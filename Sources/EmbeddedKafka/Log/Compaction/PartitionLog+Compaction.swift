extension PartitionLog {
    /// What a compaction took away.
    struct Compacted: Hashable, Sendable {
        var removedRecords = 0
        /// The offsets of abort markers that are gone, with all their transactions' records: the broker's list of
        /// aborted transactions must forget them, or a reader would wait for the marker and drop what follows.
        var removedAbortMarkers: [Int64] = []
    }

    /// Compacts at once, in the caller's thread: reads and rewrites all sealed segments below `lastStable`.
    ///
    /// Does nothing unless the log compacts and there is enough to do. For a log on disk that may be large, run the plan elsewhere instead:
    /// ``planCompaction(now:upTo:)``, ``CompactionPlan/perform()`` and ``finishCompaction(_:)``.
    ///
    /// - Parameter lastStable: nothing at or after it is touched: those transactions are undecided.
    @discardableResult
    func compact(now: Int64, upTo lastStable: Int64) throws -> Compacted {
        guard let plan = try planCompaction(now: now, upTo: lastStable) else { return Compacted() }
        do {
            return try finishCompaction(plan.perform(in: store))
        } catch {
            abandonCompaction()
            throw error
        }
    }

    /// What is to be compacted now; `nil` if nothing is, or if a plan is still under way.
    ///
    /// The segment that is written to stays out, however old it is, as in Kafka.
    func planCompaction(now: Int64, upTo lastStable: Int64) throws -> CompactionPlan? {
        guard !isClosed, configuration.compacts, !isCompacting else { return nil }
        let sealed = segments.dropLast().prefix { $0.nextOffset <= lastStable }
        let progress = checkpoint.compaction
        let sweepable = progress.sweepable(at: now, retention: configuration.deleteRetentionMilliseconds)
        guard !sealed.isEmpty, isDue(sealed) || sweepable > progress.sweptOffset else { return nil }
        isCompacting = true
        return CompactionPlan(
            directory: (store as? DiskStore)?.directory, configuration: configuration, now: now,
            startOffset: startOffset, progress: progress, sweepable: sweepable, generation: generation,
            sealed: sealed.map(Self.stretch), rest: segments[sealed.endIndex...].map(Self.stretch))
    }

    /// Puts what a plan has written in the place of the segments it read.
    ///
    /// What retention or DeleteRecords removed meanwhile stays removed: that part of the draft is dropped.
    @discardableResult
    func finishCompaction(_ draft: CompactionDraft) throws -> Compacted {
        isCompacting = false
        guard !isClosed else { return Compacted() }
        try forgetCleanEnd()
        var done = Compacted()
        var isComplete = generation == draft.generation
        for part in draft.parts {
            let first = segmentIndex(holding: part.sources[0].baseOffset)
            let present = segments[first...].prefix(part.sources.count)
            guard isComplete || generation == draft.generation, present.map(Self.stretch) == part.sources else {
                isComplete = false
                try store.remove(part.swap.draftName)
                continue
            }
            for segment in present { segment.release() }
            try part.swap.perform(in: store)
            let segment = try Segment(baseOffset: part.swap.range.lowerBound, in: store)
            try segment.restore(endingBefore: part.swap.range.upperBound, indexInterval: configuration.indexIntervalBytes)
            // Its records are on the disk, its indexes perhaps not.
            segment.isSyncPending = true
            checkpoint.recoveryPoint = min(checkpoint.recoveryPoint, segment.baseOffset)
            segments.replaceSubrange(present.indices, with: [segment])
            done += part.removed
        }
        guard isComplete else { return done }
        checkpoint.compaction.advance(
            to: draft.end, swept: draft.swept, at: draft.now, retention: configuration.deleteRetentionMilliseconds)
        try saveCheckpoint()
        return done
    }

    /// Lets the next plan be made after one that failed. Its drafts are removed at the next opening.
    func abandonCompaction() {
        isCompacting = false
    }

    /// Whether enough of these segments is new since the last pass (`min.cleanable.dirty.ratio`).
    private func isDue(_ segments: ArraySlice<Segment>) -> Bool {
        let isNew = { (segment: Segment) in segment.nextOffset > self.checkpoint.compaction.cleanOffset }
        let dirty = segments.filter(isNew).reduce(0) { $0 + $1.size }
        let total = segments.reduce(0) { $0 + $1.size }
        return dirty > 0 && Double(dirty) >= Double(total) * (configuration.minCleanableDirtyRatio ?? 0)
    }

    private static func stretch(_ segment: Segment) -> CompactionPlan.Stretch {
        .init(baseOffset: segment.baseOffset, nextOffset: segment.nextOffset, size: segment.size)
    }
}

extension PartitionLog.Compacted {
    static func += (left: inout Self, right: Self) {
        left.removedRecords += right.removedRecords
        left.removedAbortMarkers += right.removedAbortMarkers
    }
}
