extension PartitionLog {
    /// Moves the start to `offset`, for good, and removes the segments that end before it.
    ///
    /// An offset before the start changes nothing.
    ///
    /// - Throws: ``LogError/offsetOutOfRange(_:start:end:)`` for an offset beyond the end.
    func deleteRecords(before offset: Int64) throws {
        guard !isClosed else { throw LogError.closed }
        guard offset <= endOffset else { throw LogError.offsetOutOfRange(offset, start: startOffset, end: endOffset) }
        if offset > startOffset {
            checkpoint.startOffset = offset
            checkpoint.cleanEnd = nil
            try saveCheckpoint()
        }
        _ = try removeFirst { $0.nextOffset <= startOffset }
    }

    /// Removes whole segments from the start: those before the start offset always; those too old, and those that
    /// are too much, if the log deletes.
    ///
    /// - Returns: how many went.
    @discardableResult
    func enforceRetention(now: Int64) throws -> Int {
        guard !isClosed else { throw LogError.closed }
        let start = startOffset
        var removed = try removeFirst { $0.nextOffset <= start }
        guard configuration.deletes else { return removed }
        if let retention = configuration.retentionMilliseconds {
            // Records without a timestamp have no age.
            let isExpired = { (segment: Segment) in
                segment.maxTimestamp.map { $0 >= 0 && now &- $0 > retention } ?? false
            }
            if segments.allSatisfy(isExpired) { try roll() }
            removed += try removeFirst(while: isExpired)
        }
        if let limit = configuration.retentionBytes, limit >= 0 {
            var excess = sizeInBytes - limit
            removed += try removeFirst { segment in
                excess -= segment.size
                return excess >= 0
            }
        }
        return removed
    }

    /// The segment that is written to always stays: its name holds the next offset.
    private func removeFirst(while condition: (Segment) -> Bool) throws -> Int {
        let leaving = segments.dropLast().prefix(while: condition)
        guard !leaving.isEmpty else { return 0 }
        try forgetCleanEnd()
        for segment in leaving { try remove(segment) }
        segments.removeFirst(leaving.count)
        return leaving.count
    }
}
