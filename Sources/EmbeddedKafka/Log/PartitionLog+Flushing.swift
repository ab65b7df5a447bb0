import NIOCore

extension PartitionLog {
    /// What is in the page cache alone, as work for another thread; `nil` if nothing is.
    ///
    /// - Parameter sealedOnly: leaves out the segment that is written to. Worth doing even where records need not
    ///   survive a power cut: what is known to be synced need not be checked at the next opening.
    func dirtyFiles(sealedOnly: Bool = false) throws -> FlushTicket? {
        let dirty = (sealedOnly ? segments.dropLast() : segments[...]).filter { !$0.isSynced }
        guard let last = dirty.last else { return nil }
        var descriptors: [Int32] = []
        do {
            for segment in dirty { descriptors += try segment.descriptorsForFlush(withIndexes: segment !== active) }
            // A segment that was never synced is a new name in the directory, too.
            let hasNewName = dirty.contains { $0.flushedSize == 0 || $0.isSyncPending }
            if hasNewName, let descriptor = try store.descriptorForFlush() { descriptors.append(descriptor) }
        } catch {
            _ = FlushTicket(descriptors: descriptors)
            throw error
        }
        return FlushTicket(
            flushes: last === active ? endOffset : last.nextOffset, parts: dirty.map { .init(baseOffset: $0.baseOffset, size: $0.size) },
            generation: generation, descriptors: descriptors)
    }

    /// Takes note of a ticket that was performed without an error. In any order; a late one is harmless.
    func didFlush(_ ticket: FlushTicket) throws {
        guard ticket.generation == generation else { return }
        for part in ticket.parts {
            let segment = segments[segmentIndex(holding: part.baseOffset)]
            guard segment.baseOffset == part.baseOffset else { continue }
            segment.isSyncPending = false
            segment.flushedSize = max(segment.flushedSize, min(part.size, segment.size))
        }
        flushedOffset = max(flushedOffset, ticket.flushes)
        // Once a segment, not once a flush: the checkpoint spares the check of whole segments.
        let synced = segments.dropLast().prefix(while: \.isSynced).last?.nextOffset ?? 0
        if synced > checkpoint.recoveryPoint {
            checkpoint.recoveryPoint = synced
            if !isClosed { try saveCheckpoint() }
        }
    }

    /// Makes everything appended so far survive a power cut. Blocks for the disk.
    func flush() throws {
        guard let ticket = try dirtyFiles() else { return }
        try ticket.perform()
        try didFlush(ticket)
    }

    /// Loses what was never flushed, as a power cut would. For tests of what a broker promises.
    func truncateUnflushed() throws {
        generation += 1
        if let first = segments.firstIndex(where: { $0.flushedSize < $0.size }) {
            for segment in segments[(first + 1)...] { try remove(segment) }
            segments.removeSubrange((first + 1)...)
            try segments[first].truncate(to: segments[first].flushedSize, indexInterval: configuration.indexIntervalBytes)
            checkpoint.cut(at: segments[first].baseOffset)
            checkpoint.cleanEnd = nil
            try saveCheckpoint()
        }
        flushedOffset = min(flushedOffset, endOffset)
    }

    func remove(_ segment: Segment) throws {
        segment.release()
        for kind in Segment.FileKind.allCases { try store.remove(Segment.fileName(segment.baseOffset, kind)) }
    }
}
